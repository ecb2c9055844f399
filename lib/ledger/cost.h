/*
 * cost: what a session of Brewva used and what that cost, as its tape keeps it.
 *
 *	{"summary":{"inputTokens",…,"totalCostUsd","models":{},"skills":{},
 *	 "tools":{},"alerts":[],"budget":{}},"updatedAt":MS,
 *	 "skillLastTurnByName":{}}
 *
 * A skill's turns are counted once each: skillLastTurnByName knows the last.
 * Sums of integers are exact, others are sums of doubles in the order of the
 * events.  The rules are those of the Brewva runtime, as the vectors
 * brewva.replay show them.
 */
#ifndef EV_LEDGER_COST_H
#define EV_LEDGER_COST_H

#include <stdbool.h>

#include "ledger/costform.h"
#include "ledger/note.h"

/* The state before the first event. */
#define EV_COST_EMPTY "{\"summary\":" EV_COST_NOTHING "," \
	"\"updatedAt\":null,\"skillLastTurnByName\":{}}"

/* A cost_update, and a budget_alert, change the state. */
void	ev_cost_update(struct ev_node *state, struct ev_note *note);
void	ev_cost_alert(struct ev_node *state, struct ev_note *note);

/*
 * The state that a checkpoint of a tape has, of its time: false, and
 * EV_NODE_NONE: it is not sound.  summary and turns NULL: an old checkpoint
 * without them; they are empty.
 */
bool	ev_cost_restore(struct ev_node *summary, struct ev_node *turns,
	    const struct ev_node *time, struct ev_node *out);

#endif
