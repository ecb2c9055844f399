#include "ledger/scheduled.h"

#include <math.h>

#include "fold/plus.h"
#include "json/number.h"
#include "ledger/due.h"
#include "ledger/form.h"

/* clang-format off */
static const char *const schemas[] = { "brewva.schedule.v1", NULL };
static const char *const kinds[] = {
	"intent_created", "intent_updated", "intent_cancelled",
	"intent_fired", "intent_converged", NULL
};
static const char *const modes[] = { "inherit", "fresh", NULL };

#define ABOVE(name) { name, EV_FORM_ABOVE, EV_FORM_SOUND, NULL, NULL }
#define STRING(name) { name, EV_FORM_STRING, EV_FORM_SOUND, NULL, NULL }

static const struct ev_form intent[] = {
	{ "schema", EV_FORM_WORD, EV_FORM_MUST, NULL, schemas },
	{ "kind", EV_FORM_WORD, EV_FORM_MUST, NULL, kinds },
	{ "intentId", EV_FORM_FULL, EV_FORM_MUST, NULL, NULL },
	{ "parentSessionId", EV_FORM_FULL, EV_FORM_MUST, NULL, NULL },
	{ "reason", EV_FORM_FULL, EV_FORM_MUST, NULL, NULL },
	STRING("goalRef"),
	{ "continuityMode", EV_FORM_WORD, EV_FORM_MUST, NULL, modes },
	STRING("cron"),
	{ "timeZone", EV_FORM_FULL, EV_FORM_SOUND, NULL, NULL },
	ABOVE("runAt"),
	{ "maxRuns", EV_FORM_ABOVE, EV_FORM_MUST, NULL, NULL },
	ABOVE("nextRunAt"),
	{ "convergenceCondition", EV_FORM_OBJECT, EV_FORM_SOUND, NULL, NULL },
	ABOVE("runIndex"),
	ABOVE("firedAt"),
	STRING("childSessionId"),
	STRING("error"),
	{ .name = NULL }
};
static const struct ev_form limit = {
	"limit", EV_FORM_ABOVE, EV_FORM_MUST, NULL, NULL
};
static const struct ev_form fact_id = {
	"factId", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL
};
static const struct ev_form phase = {
	"phase", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL
};
static const struct ev_form cron = {
	"cron", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL
};

/* What a condition of a kind must have; NULL: predicates. */
static const struct {
	const char *kind;
	const struct ev_form *needs;
} conditions[] = {
	{ "truth_resolved", &fact_id },
	{ "task_phase", &phase },
	{ "max_runs", &limit },
	{ "all_of", NULL },
	{ "any_of", NULL },
};
/* clang-format on */

static bool
has(struct ev_node *object, const struct ev_form *row)
{
	struct ev_node part = ev_form_member(row, object);
	bool yes = part.kind != EV_NONE;

	ev_node_clear(&part);
	return yes;
}

/* Depth is bounded by the scanner (EV_SCAN_DEPTH). */
static bool
is_condition(struct ev_node *node) /* NOLINT(misc-no-recursion) */
{
	struct ev_node *list = ev_form_get(node, "predicates"), *each;
	uint32_t at = 0;
	size_t i;

	for (i = 0; i < sizeof(conditions) / sizeof(conditions[0]); i++)
		if (ev_form_is(node, "kind", conditions[i].kind))
			break;
	if (i == sizeof(conditions) / sizeof(conditions[0]))
		return false;
	if (conditions[i].needs != NULL)
		return has(node, conditions[i].needs);
	if (list == NULL || list->kind != EV_ARRAY || ev_tree_count(list) == 0)
		return false;
	while ((each = ev_tree_next(list, &at, NULL)) != NULL)
		if (!is_condition(each))
			return false;
	return true;
}

bool
ev_scheduled_read(struct ev_node *payload, struct ev_node *out)
{
	struct ev_node *condition;

	if (!ev_form_take(intent, payload, out))
		return false;
	condition = ev_form_get(payload, "convergenceCondition");
	if (condition == NULL || is_condition(condition))
		return true;
	ev_node_clear(out);
	return false;
}

/* A copy of a member, EV_NODE_NONE when there is none. */
static struct ev_node
copy(struct ev_node *object, const char *name)
{
	const struct ev_node *node = ev_form_get(object, name);

	return node != NULL ? ev_node_copy(node) : EV_NODE_NONE;
}

/* When a new intent runs first. */
static struct ev_node
first_run(
    struct ev_node *record, struct ev_node *payload, const struct ev_node *time)
{
	struct ev_node next = copy(payload, "nextRunAt");

	if (next.kind == EV_NONE)
		next = copy(payload, "runAt");
	return next.kind != EV_NONE ? next : ev_due_next(record, time);
}

static struct ev_node
whole_runs(struct ev_node *payload)
{
	struct ev_slice raw = ev_leaf_raw(ev_form_get(payload, "maxRuns"));
	int64_t runs;

	if (ev_num_int(raw, &runs))
		return ev_node_int(runs);
	return ev_plus_double(fmax(1, floor(ev_num_double(raw))));
}

/* What every event says anew of its intent, in the order of a record. */
static void
take_terms(struct ev_node *record, struct ev_node *payload)
{
	static const char *const as_is[] = { "parentSessionId", "reason",
		"goalRef", "continuityMode" };
	struct ev_node expression = ev_form_member(&cron, payload), at;
	size_t i;

	for (i = 0; i < sizeof(as_is) / sizeof(as_is[0]); i++)
		ev_form_put(record, as_is[i], copy(payload, as_is[i]));
	at = EV_NODE_NONE;
	if (expression.kind != EV_NONE)
		at = ev_due_zone(payload);
	ev_form_put(record, "cron", expression);
	ev_form_put(record, "timeZone", at);
	ev_form_put(record, "runAt", copy(payload, "runAt"));
	ev_form_put(record, "maxRuns", whole_runs(payload));
	ev_form_put(record, "convergenceCondition",
	    copy(payload, "convergenceCondition"));
}

static void
set_status(struct ev_node *record, const char *status)
{
	ev_form_put(record, "status", ev_node_text(ev_slice_of(status)));
}

static bool
says(struct ev_node *payload, const char *name)
{
	return ev_form_get(payload, name) != NULL &&
	    !ev_form_is(payload, name, "");
}

static void
created(struct ev_node *record, struct ev_node *payload)
{
	(void)payload;
	set_status(record, "active");
	ev_form_put(record, "runCount", ev_node_int(0));
	ev_form_put(record, "consecutiveErrors", ev_node_int(0));
	ev_form_put(record, "lastError", EV_NODE_NONE);
}

static void
updated(struct ev_node *record, struct ev_node *payload)
{
	set_status(record, "active");
	ev_form_put(record, "nextRunAt", copy(payload, "nextRunAt"));
}

static void
cancelled(struct ev_node *record, struct ev_node *payload)
{
	bool error = says(payload, "error");

	set_status(record, error ? "error" : "cancelled");
	ev_form_put(record, "nextRunAt", EV_NODE_NONE);
	if (error)
		ev_form_put(record, "lastError", copy(payload, "error"));
}

static void
converged(struct ev_node *record, struct ev_node *payload)
{
	(void)payload;
	set_status(record, "converged");
	ev_form_put(record, "nextRunAt", EV_NODE_NONE);
	ev_form_put(record, "consecutiveErrors", ev_node_int(0));
}

static void
fired(struct ev_node *record, struct ev_node *payload)
{
	struct ev_node *count = ev_form_get(record, "runCount");
	struct ev_node run = copy(payload, "runIndex");

	if (run.kind == EV_NONE)
		run = ev_plus(ev_leaf_raw(count), EV_SLICE("1"));
	ev_form_put(record, "runCount", ev_plus_greater(count, &run));
	ev_node_clear(&run);
	ev_form_put(record, "nextRunAt", copy(payload, "nextRunAt"));
	if (says(payload, "childSessionId"))
		ev_form_put(record, "lastEvaluationSessionId",
		    copy(payload, "childSessionId"));
	if (says(payload, "error")) {
		ev_plus_add(
		    ev_form_get(record, "consecutiveErrors"), EV_SLICE("1"));
		ev_form_put(record, "lastError", copy(payload, "error"));
	} else {
		ev_form_put(record, "consecutiveErrors", ev_node_int(0));
		ev_form_put(record, "lastError", EV_NODE_NONE);
	}
}

/* In the order of `kinds`. */
static void (*const changes[])(
    struct ev_node *record, struct ev_node *payload) = { created, updated,
	cancelled, fired, converged };

static struct ev_node *
record_of(struct ev_node *intents, struct ev_node *payload)
{
	struct ev_node *id = ev_form_get(payload, "intentId"), *record, new;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice name = ev_node_words(id, &scratch);

	record = ev_tree_get(intents, name);
	if (record == NULL) {
		new = ev_node_open(EV_OBJECT);
		ev_form_put(&new, "intentId", ev_node_copy(id));
		created(&new, payload);
		record = ev_tree_put(intents, name, new);
	}
	ev_buf_clear(&scratch);
	return record;
}

void
ev_scheduled_apply(struct ev_node *intents, struct ev_node *payload,
    const struct ev_node *time, uint32_t offset)
{
	struct ev_node *record = record_of(intents, payload);
	size_t i;

	take_terms(record, payload);
	for (i = 0; kinds[i] != NULL; i++)
		if (ev_form_is(payload, "kind", kinds[i]))
			changes[i](record, payload);
	if (ev_form_is(payload, "kind", "intent_created"))
		ev_form_put(
		    record, "nextRunAt", first_run(record, payload, time));
	if (ev_form_is(record, "status", "active") &&
	    ev_num_cmp(ev_leaf_raw(ev_form_get(record, "runCount")),
		ev_leaf_raw(ev_form_get(record, "maxRuns"))) >= 0) {
		set_status(record, "converged");
		ev_form_put(record, "nextRunAt", EV_NODE_NONE);
	}
	ev_form_put(record, "updatedAt", ev_node_copy(time));
	ev_form_put(record, "eventOffset", ev_node_int(offset));
}
