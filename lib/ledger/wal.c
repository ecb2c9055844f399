#include "ledger/wal.h"

#include "fold/plus.h"
#include "json/number.h"
#include "ledger/form.h"

/* clang-format off */
static const char *const schemas[] = { "brewva.turn-wal.v1", NULL };
static const char *const turn_schemas[] = { "brewva.turn.v1", NULL };
static const char *const statuses[] = {
	"pending", "inflight", "done", "failed", "expired", NULL
};
static const char *const sources[] = {
	"channel", "schedule", "gateway", "heartbeat", NULL
};

#define FULL(name) { name, EV_FORM_FULL, EV_FORM_MUST, NULL, NULL }
#define COUNT(name) { name, EV_FORM_LEAST, EV_FORM_MAY, "0", NULL }

static const struct ev_form record[] = {
	{ "schema", EV_FORM_WORD, EV_FORM_MUST, NULL, schemas },
	FULL("walId"), FULL("turnId"), FULL("sessionId"), FULL("channel"),
	FULL("conversationId"),
	{ "status", EV_FORM_WORD, EV_FORM_MUST, NULL, statuses },
	{ "envelope", EV_FORM_OBJECT, EV_FORM_MUST, NULL, NULL },
	{ "createdAt", EV_FORM_ABOVE, EV_FORM_MUST, NULL, NULL },
	{ "updatedAt", EV_FORM_ABOVE, EV_FORM_MUST, NULL, NULL },
	{ "attempts", EV_FORM_FROM, EV_FORM_MUST, NULL, NULL },
	{ "source", EV_FORM_WORD, EV_FORM_MUST, NULL, sources },
	{ "error", EV_FORM_STRING, EV_FORM_SOUND, NULL, NULL },
	{ "ttlMs", EV_FORM_ABOVE, EV_FORM_SOUND, NULL, NULL },
	{ "dedupeKey", EV_FORM_STRING, EV_FORM_SOUND, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form envelope[] = {
	{ "schema", EV_FORM_WORD, EV_FORM_MUST, NULL, turn_schemas },
	{ "kind", EV_FORM_STRING, EV_FORM_MUST, NULL, NULL },
	FULL("sessionId"), FULL("turnId"), FULL("channel"),
	FULL("conversationId"),
	{ "timestamp", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "parts", EV_FORM_ARRAY, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form counts[] = {
	COUNT("scanned"), COUNT("retried"), COUNT("expired"), COUNT("failed"),
	COUNT("skipped"), COUNT("compacted"), { .name = NULL }
};
/* Of one source; compaction is of all. */
static const struct ev_form source_counts[] = {
	COUNT("scanned"), COUNT("retried"), COUNT("expired"), COUNT("failed"),
	COUNT("skipped"), { .name = NULL }
};
/* clang-format on */

bool
ev_wal_read(struct ev_node *line, struct ev_node *out)
{
	struct ev_node turn;

	if (!ev_form_take(record, line, out))
		return false;
	if (!ev_form_take(envelope, ev_form_get(line, "envelope"), &turn)) {
		ev_node_clear(out);
		return false;
	}
	ev_node_clear(&turn);
	return true;
}

/* Adds what `from` counts to `to`, where a count that is missing is 0. */
static void
add_counts(struct ev_node *to, struct ev_node *from, const struct ev_form *form)
{
	struct ev_node add, *each;

	if (!ev_form_take(form, from, &add))
		return;
	for (; form->name != NULL; form++) {
		each = ev_form_get(to, form->name);
		if (each == NULL) {
			ev_form_put(to, form->name, ev_node_int(0));
			each = ev_form_get(to, form->name);
		}
		ev_plus_add(each, ev_leaf_raw(ev_form_get(&add, form->name)));
	}
	ev_node_clear(&add);
}

void
ev_wal_recovery(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *all = ev_form_get(state, "bySource");
	struct ev_node *from = ev_form_get(&note->payload, "bySource");
	struct ev_node *each, *to, key;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_slice name;
	uint32_t at = 0;

	if (note->payload.kind != EV_OBJECT)
		return;
	ev_plus_add(ev_form_get(state, "recoveries"), EV_SLICE("1"));
	add_counts(state, &note->payload, counts);
	ev_form_put(state, "recoveredAt",
	    ev_plus_later(ev_form_get(state, "recoveredAt"), &note->time));
	if (from == NULL || from->kind != EV_OBJECT)
		return;
	while ((each = ev_tree_next(from, &at, &key)) != NULL) {
		name = ev_node_words(&key, &scratch);
		to = ev_tree_get(all, name);
		if (to == NULL)
			to = ev_tree_put(all, name, ev_node_open(EV_OBJECT));
		add_counts(to, each, source_counts);
	}
	ev_buf_clear(&scratch);
}

int
ev_wal_cmp(struct ev_node *a, struct ev_node *b)
{
	static const char *const name[] = { "createdAt", "updatedAt" };
	size_t i;
	int diff = 0;

	for (i = 0; i < 2 && diff == 0; i++)
		diff = ev_num_cmp(ev_leaf_raw(ev_form_get(a, name[i])),
		    ev_leaf_raw(ev_form_get(b, name[i])));
	return diff;
}
