#include "ledger/evidence.h"

#include "fold/patch.h"
#include "fold/plus.h"
#include "json/number.h"
#include "ledger/form.h"

#define ANCHORS_MOST 3
#define FAILURES_MOST 48

/* clang-format off */
static const char *const verdicts[] = {
	"pass", "fail", "inconclusive", NULL
};
/* Tools of the runtime itself. */
static const char *const own_tools[] = {
	"ledger_checkpoint", "brewva_cost", "brewva_context_compaction",
	"brewva_rollback", "brewva_verify", NULL
};
static const struct ev_form verdict = {
	"verdict", EV_FORM_WORD, EV_FORM_MUST, NULL, verdicts
};
static const struct ev_form own_tool = {
	"toolName", EV_FORM_WORD, EV_FORM_MUST, NULL, own_tools
};
static const struct ev_form turn = {
	"turn", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL
};
static const struct ev_form tool[] = {
	{ "toolName", EV_FORM_TEXT, EV_FORM_MAY, "\"unknown_tool\"", NULL },
	{ .name = NULL }
};
static const struct ev_form context[] = {
	{ "args", EV_FORM_OBJECT, EV_FORM_MAY, "{}", NULL },
	{ "outputText", EV_FORM_STRING, EV_FORM_MUST, NULL, NULL },
	{ "turn", EV_FORM_WHOLE, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form kept_failure[] = {
	{ "toolName", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "args", EV_FORM_OBJECT, EV_FORM_MAY, "{}", NULL },
	{ "outputText", EV_FORM_STRING, EV_FORM_MUST, NULL, NULL },
	{ "turn", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL },
	{ "anchorEpoch", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL },
	{ "timestamp", EV_FORM_LEAST, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form kept[] = {
	{ "totalRecords", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL },
	{ "failureRecords", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL },
	{ "anchorEpoch", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
/* clang-format on */

static double
epoch_of(struct ev_node *object)
{
	const struct ev_node *epoch = ev_form_get(object, "anchorEpoch");

	return epoch != NULL && epoch->kind == EV_NUMBER ?
	    ev_num_double(ev_leaf_raw(epoch)) :
	    0;
}

static void
prune(struct ev_node *state)
{
	struct ev_node *list = ev_form_get(state, "recentFailures"), *each;
	double now = epoch_of(state);
	uint32_t i = 0;

	while ((each = ev_tree_at(list, i)) != NULL) {
		if (now - epoch_of(each) >= ANCHORS_MOST)
			ev_tree_drop_at(list, i);
		else
			i++;
	}
	while (ev_tree_count(list) > FAILURES_MOST)
		ev_tree_drop_at(list, 0);
}

/* Whether a failure is none of the runtime's own tools, and says something. */
static bool
counts(struct ev_node *failure)
{
	struct ev_node own = ev_form_member(&own_tool, failure);
	bool yes =
	    own.kind == EV_NONE && !ev_form_is(failure, "outputText", "");

	ev_node_clear(&own);
	return yes;
}

/* The turn is the context's, or its payload's, or the event's. */
static void
add_failure(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *payload = &note->payload;
	struct ev_node *from = ev_form_get(payload, "failureContext");
	struct ev_node failure, about, when;

	if (!ev_form_take(context, from, &about))
		return;
	ev_form_take(tool, payload, &failure);
	ev_patch_merge(&failure, about);
	if (!counts(&failure)) {
		ev_node_clear(&failure);
		return;
	}
	if (ev_form_get(&failure, "turn") == NULL) {
		when = ev_form_member(&turn, payload);
		ev_form_put(&failure, "turn",
		    when.kind != EV_NONE ? when : ev_node_copy(&note->turn));
	}
	ev_form_put(&failure, "anchorEpoch",
	    ev_node_copy(ev_form_get(state, "anchorEpoch")));
	ev_form_put(&failure, "timestamp", ev_node_copy(&note->time));
	ev_tree_push(ev_form_get(state, "recentFailures"), failure);
	prune(state);
}

void
ev_evidence_result(struct ev_node *state, struct ev_note *note)
{
	struct ev_node word = ev_form_member(&verdict, &note->payload);

	if (word.kind == EV_NONE)
		return;
	ev_node_clear(&word);
	ev_plus_add(ev_form_get(state, "totalRecords"), EV_SLICE("1"));
	if (!ev_form_is(&note->payload, "verdict", "fail"))
		return;
	ev_plus_add(ev_form_get(state, "failureRecords"), EV_SLICE("1"));
	add_failure(state, note);
}

void
ev_evidence_anchor(struct ev_node *state, struct ev_note *note)
{
	(void)note;
	ev_plus_add(ev_form_get(state, "anchorEpoch"), EV_SLICE("1"));
	prune(state);
}

bool
ev_evidence_restore(struct ev_node *from, struct ev_node *out)
{
	struct ev_node list;

	if (from == NULL) {
		*out = ev_form_json(EV_EVIDENCE_EMPTY);
		return true;
	}
	if (!ev_form_take(kept, from, out))
		return false;
	if (!ev_form_list(kept_failure, ev_form_get(from, "recentFailures"),
		false, &list))
		list = ev_node_open(EV_ARRAY);
	ev_form_put(out, "recentFailures", list);
	prune(out);
	return true;
}
