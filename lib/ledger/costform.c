#include "ledger/costform.h"

/* clang-format off */
#define TOTAL(name) { name, EV_FORM_LEAST, EV_FORM_MUST, NULL, NULL }
#define TOTALS \
	TOTAL("inputTokens"), TOTAL("outputTokens"), \
	TOTAL("cacheReadTokens"), TOTAL("cacheWriteTokens"), \
	TOTAL("totalTokens")
#define COUNT(name) { name, EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL }
#define FLAG(name) { name, EV_FORM_FLAG, EV_FORM_MAY, "false", NULL }
#define ACTION { "action", EV_FORM_WORD, EV_FORM_MAY, NULL, actions }

static const char *const actions[] = { "warn", "block_tools", NULL };
static const char *const kinds[] = {
	"session_threshold", "session_cap", "skill_cap", NULL
};
static const char *const scopes[] = { "session", "skill", NULL };

const struct ev_form ev_cost_totals[] = {
	TOTALS, TOTAL("totalCostUsd"), { .name = NULL }
};
const struct ev_form ev_cost_used[] = {
	TOTALS, TOTAL("costUsd"), { .name = NULL }
};
const struct ev_form ev_cost_names[] = {
	{ "model", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "skill", EV_FORM_TEXT, EV_FORM_MAY, "\"(none)\"", NULL },
	{ .name = NULL }
};
const struct ev_form ev_cost_new_alert[] = {
	{ "kind", EV_FORM_WORD, EV_FORM_MUST, NULL, kinds },
	{ "scope", EV_FORM_WORD, EV_FORM_MUST, NULL, scopes },
	{ "scopeId", EV_FORM_STRING, EV_FORM_MAY, NULL, NULL },
	TOTAL("costUsd"), TOTAL("thresholdUsd"), { .name = NULL }
};
const struct ev_form ev_cost_action[] = { ACTION, { .name = NULL } };
const struct ev_form ev_cost_budget[] = {
	ACTION, FLAG("sessionExceeded"), FLAG("skillExceeded"),
	FLAG("blocked"), { .name = NULL }
};

/* Of a checkpoint. */
static const struct ev_form skill[] = {
	TOTALS, TOTAL("totalCostUsd"), COUNT("usageCount"), COUNT("turns"),
	{ .name = NULL }
};
static const struct ev_form tool[] = {
	COUNT("callCount"), TOTAL("allocatedTokens"),
	TOTAL("allocatedCostUsd"), { .name = NULL }
};
static const struct ev_form alert[] = {
	{ "kind", EV_FORM_WORD, EV_FORM_MUST, NULL, kinds },
	{ "scope", EV_FORM_WORD, EV_FORM_MUST, NULL, scopes },
	TOTAL("timestamp"), TOTAL("costUsd"), TOTAL("thresholdUsd"),
	{ "scopeId", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form turn_row = COUNT(NULL);
/* clang-format on */

/* An object of the members whose value the form takes; empty without one. */
static struct ev_node
sound_members(struct ev_node *from, const struct ev_form *form)
{
	struct ev_node out = ev_node_open(EV_OBJECT), key, part, *each;
	struct ev_buf scratch = EV_BUF_INIT;
	uint32_t at = 0;

	if (from == NULL || from->kind != EV_OBJECT)
		return out;
	while ((each = ev_tree_next(from, &at, &key)) != NULL)
		if (ev_form_take(form, each, &part))
			ev_tree_put(&out, ev_node_words(&key, &scratch), part);
	ev_buf_clear(&scratch);
	return out;
}

bool
ev_cost_summary(struct ev_node *from, struct ev_node *out)
{
	struct ev_node part;

	if (from == NULL) {
		*out = ev_form_json(EV_COST_NOTHING);
		return true;
	}
	if (!ev_form_take(ev_cost_totals, from, out))
		return false;
	ev_form_put(out, "models",
	    sound_members(ev_form_get(from, "models"), ev_cost_totals));
	ev_form_put(
	    out, "skills", sound_members(ev_form_get(from, "skills"), skill));
	ev_form_put(
	    out, "tools", sound_members(ev_form_get(from, "tools"), tool));
	if (!ev_form_list(alert, ev_form_get(from, "alerts"), false, &part))
		part = ev_node_open(EV_ARRAY);
	ev_form_put(out, "alerts", part);
	if (!ev_form_take(ev_cost_budget, ev_form_get(from, "budget"), &part))
		part = ev_form_json("{\"sessionExceeded\":false,"
				    "\"skillExceeded\":false,"
				    "\"blocked\":false}");
	if (ev_form_get(&part, "action") == NULL)
		ev_form_put(&part, "action", ev_form_json("\"warn\""));
	ev_form_put(out, "budget", part);
	return true;
}

bool
ev_cost_turns(struct ev_node *from, struct ev_node *out)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node key, *each, turn;
	uint32_t at = 0;

	*out = EV_NODE_NONE;
	if (from != NULL && from->kind != EV_OBJECT)
		return false;
	*out = ev_node_open(EV_OBJECT);
	while (from != NULL && (each = ev_tree_next(from, &at, &key)) != NULL) {
		turn = ev_form_value(&turn_row, each);
		if (turn.kind != EV_NONE)
			ev_tree_put(out, ev_node_words(&key, &scratch), turn);
	}
	ev_buf_clear(&scratch);
	return true;
}
