/*
 * costform: the parts of the cost state (ledger/cost.h), as events and
 * checkpoints have to spell them.
 */
#ifndef EV_LEDGER_COSTFORM_H
#define EV_LEDGER_COSTFORM_H

#include <stdbool.h>

#include "ledger/form.h"

/* The six totals of a session, a model and a skill. */
extern const struct ev_form ev_cost_totals[];
/* The same of a cost_update, in the same order. */
extern const struct ev_form ev_cost_used[];
/* model and skill of a cost_update. */
extern const struct ev_form ev_cost_names[];
/* A budget_alert, and its action. */
extern const struct ev_form ev_cost_new_alert[], ev_cost_action[];
/* A budget; without an action that is known it has none. */
extern const struct ev_form ev_cost_budget[];

/* A model and a skill that were not used yet. */
#define EV_COST_TOTALS "\"inputTokens\":0,\"outputTokens\":0," \
	"\"cacheReadTokens\":0,\"cacheWriteTokens\":0,\"totalTokens\":0," \
	"\"totalCostUsd\":0"
#define EV_COST_NO_MODEL "{" EV_COST_TOTALS "}"
#define EV_COST_NO_SKILL "{" EV_COST_TOTALS ",\"usageCount\":0,\"turns\":0}"

/* A session that used nothing yet. */
#define EV_COST_NOTHING "{\"inputTokens\":0,\"outputTokens\":0," \
	"\"cacheReadTokens\":0,\"cacheWriteTokens\":0,\"totalTokens\":0," \
	"\"totalCostUsd\":0,\"models\":{},\"skills\":{},\"tools\":{}," \
	"\"alerts\":[],\"budget\":{\"action\":\"warn\"," \
	"\"sessionExceeded\":false,\"skillExceeded\":false," \
	"\"blocked\":false}}"

/* state.cost and state.costSkillLastTurnByName of a checkpoint; NULL: empty.
 * False, and EV_NODE_NONE: not sound. */
bool	ev_cost_summary(struct ev_node *from, struct ev_node *out);
bool	ev_cost_turns(struct ev_node *from, struct ev_node *out);

#endif
