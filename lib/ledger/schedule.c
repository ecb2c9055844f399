#include "ledger/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fold/plus.h"
#include "json/number.h"
#include "ledger/form.h"
#include "ledger/scheduled.h"

void
ev_schedule(struct ev_node *state, struct ev_note *note)
{
	struct ev_node pair = ev_node_open(EV_ARRAY), payload;

	if (!ev_scheduled_read(&note->payload, &payload))
		payload = ev_node_word(EV_NULL);
	ev_tree_push(&pair, ev_node_copy(&note->time));
	ev_tree_push(&pair, payload);
	ev_tree_push(ev_form_get(state, "events"), pair);
}

struct entry {
	struct ev_node *time, *payload;
	uint32_t place; /* in the log */
};

static int
by_time(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	int diff = ev_num_cmp(ev_leaf_raw(a->time), ev_leaf_raw(b->time));

	return diff != 0 ? diff : a->place < b->place ? -1 : 1;
}

/* A record with its members in the order that the runtime writes. */
static struct ev_node
ordered(struct ev_node *record)
{
	static const char *const name[] = { "intentId", "parentSessionId",
		"reason", "goalRef", "continuityMode", "cron", "timeZone",
		"runAt", "maxRuns", "runCount", "nextRunAt", "status",
		"convergenceCondition", "consecutiveErrors", "lastError",
		"lastEvaluationSessionId", "updatedAt", "eventOffset" };
	struct ev_node out = ev_node_open(EV_OBJECT);
	const struct ev_node *each;
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		each = ev_form_get(record, name[i]);
		if (each != NULL)
			ev_form_put(&out, name[i], ev_node_copy(each));
	}
	return out;
}

struct ev_node
ev_schedule_intents(struct ev_node *state)
{
	struct ev_node *events = ev_form_get(state, "events"), *pair;
	struct ev_node intents = ev_node_open(EV_OBJECT), *each, held;
	struct entry *entry;
	uint32_t count = ev_tree_count(events), i, at = 0;

	entry = ev_malloc((count + 1) * sizeof(*entry));
	for (i = 0; (pair = ev_tree_next(events, &at, NULL)) != NULL; i++)
		entry[i] = (struct entry){ ev_tree_at(pair, 0),
			ev_tree_at(pair, 1), i };
	qsort(entry, count, sizeof(*entry), by_time);
	for (i = 0; i < count; i++)
		if (entry[i].payload->kind == EV_OBJECT)
			ev_scheduled_apply(
			    &intents, entry[i].payload, entry[i].time, i + 1);
	free(entry);
	for (at = 0; (each = ev_tree_next(&intents, &at, NULL)) != NULL;) {
		held = *each;
		*each = ordered(&held);
		ev_node_clear(&held);
	}
	return intents;
}
