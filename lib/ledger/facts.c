#include "ledger/facts.h"

#include "base/map.h"
#include "fold/plus.h"
#include "ledger/form.h"
#include "ledger/roll.h"

/* clang-format off */
static const char *const statuses[] = { "active", "resolved", NULL };
static const char *const severities[] = { "info", "warn", "error", NULL };

static const struct ev_form sound_fact[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "kind", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "status", EV_FORM_WORD, EV_FORM_MUST, NULL, statuses },
	{ "severity", EV_FORM_WORD, EV_FORM_MUST, NULL, severities },
	{ "summary", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "details", EV_FORM_OBJECT, EV_FORM_MAY, NULL, NULL },
	{ "evidenceIds", EV_FORM_SOME, EV_FORM_MAY, "[]", NULL },
	{ "firstSeenAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "lastSeenAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "resolvedAt", EV_FORM_NUMBER, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
/* Of a tape's checkpoint. */
static const struct ev_form strict_fact[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "kind", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "status", EV_FORM_WORD, EV_FORM_MUST, NULL, statuses },
	{ "severity", EV_FORM_WORD, EV_FORM_MUST, NULL, severities },
	{ "summary", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "details", EV_FORM_OBJECT, EV_FORM_MAY, NULL, NULL },
	{ "evidenceIds", EV_FORM_ALL, EV_FORM_MUST, NULL, NULL },
	{ "firstSeenAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "lastSeenAt", EV_FORM_NUMBER, EV_FORM_MUST, NULL, NULL },
	{ "resolvedAt", EV_FORM_NUMBER, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form fact_id = {
	"factId", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL
};
static const struct ev_form resolved_at = {
	"resolvedAt", EV_FORM_NUMBER, EV_FORM_MAY, NULL, NULL
};
/* clang-format on */

/* The ids of both, each once, the old ones first; without new ones the old
 * stay as they are. */
static struct ev_node
join_ids(struct ev_node *old, struct ev_node *new)
{
	struct ev_node *const list[2] = { old, new };
	struct ev_buf scratch = EV_BUF_INIT;
	const struct ev_node *each;
	struct ev_slice text;
	struct ev_map *seen;
	struct ev_node ids;
	uint32_t at;
	bool fresh;
	size_t i;

	if (ev_tree_count(new) == 0)
		return ev_node_copy(old);
	ids = ev_node_open(EV_ARRAY);
	seen = ev_map_new();
	for (i = 0; i < 2; i++)
		for (at = 0;
		     (each = ev_tree_next(list[i], &at, NULL)) != NULL;) {
			text = ev_node_words(each, &scratch);
			ev_map_at(seen, text.p, text.n, &fresh);
			if (fresh)
				ev_tree_push(&ids, ev_node_copy(each));
		}
	ev_map_free(seen);
	ev_buf_clear(&scratch);
	return ids;
}

/* Math.max of two numbers. */
static struct ev_node
later_seen(struct ev_node *fact, const struct ev_node *time)
{
	return ev_plus_greater(ev_form_get(fact, "lastSeenAt"), time);
}

/* What a fact says anew; when it was first seen and resolved stays. */
static void
renew(struct ev_node *fact, struct ev_node *new)
{
	static const char *const name[] = { "kind", "status", "severity",
		"summary", "details" };
	const struct ev_node *val;
	size_t i;

	for (i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		val = ev_form_get(new, name[i]);
		ev_form_put(fact, name[i],
		    val != NULL ? ev_node_copy(val) : EV_NODE_NONE);
	}
	ev_form_put(fact, "evidenceIds",
	    join_ids(ev_form_get(fact, "evidenceIds"),
		ev_form_get(new, "evidenceIds")));
	ev_form_put(fact, "lastSeenAt",
	    later_seen(fact, ev_form_get(new, "lastSeenAt")));
}

static bool
upserted(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *facts = ev_form_get(state, "facts"), *first, *each;
	const struct ev_node *id;
	struct ev_node new;
	uint32_t at = 0;

	if (!ev_form_take(
		sound_fact, ev_form_get(&note->payload, "fact"), &new))
		return false;
	id = ev_form_get(&new, "id");
	first = ev_roll_next(facts, id, &at);
	if (first == NULL) {
		ev_roll_add(facts, new);
		return true;
	}
	renew(first, &new);
	/* a checkpoint may have brought one twice: they become the same */
	while ((each = ev_roll_next(facts, id, &at)) != NULL) {
		ev_node_clear(each);
		*each = ev_node_copy(first);
	}
	ev_node_clear(&new);
	return true;
}

static bool
resolved(struct ev_node *state, struct ev_note *note)
{
	struct ev_node id = ev_form_member(&fact_id, &note->payload);
	struct ev_node *each, when;
	uint32_t at = 0;

	if (id.kind == EV_NONE)
		return false;
	while ((each = ev_roll_next(ev_form_get(state, "facts"), &id, &at)) !=
	    NULL) {
		if (ev_form_is(each, "status", "resolved"))
			continue;
		when = ev_form_member(&resolved_at, &note->payload);
		if (when.kind == EV_NONE)
			when = ev_node_copy(&note->time);
		ev_form_put(each, "status", ev_form_json("\"resolved\""));
		ev_form_put(each, "resolvedAt", when);
		ev_form_put(each, "lastSeenAt", later_seen(each, &note->time));
	}
	ev_node_clear(&id);
	return true;
}

void
ev_facts(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *payload = &note->payload;
	bool changed = false;

	if (!ev_form_is(payload, "schema", "brewva.truth.ledger.v1"))
		return;
	if (ev_form_is(payload, "kind", "fact_upserted"))
		changed = upserted(state, note);
	else if (ev_form_is(payload, "kind", "fact_resolved"))
		changed = resolved(state, note);
	if (changed)
		ev_form_put(state, "updatedAt",
		    ev_plus_later(
			ev_form_get(state, "updatedAt"), &note->time));
}

bool
ev_facts_restore(struct ev_node *from, struct ev_node *out)
{
	const struct ev_node *time = ev_form_get(from, "updatedAt");
	struct ev_node facts;

	*out = EV_NODE_NONE;
	if ((time != NULL && time->kind != EV_NULL && !ev_plus_finite(time)) ||
	    !ev_form_list(
		strict_fact, ev_form_get(from, "facts"), true, &facts))
		return false;
	*out = ev_node_open(EV_OBJECT);
	ev_form_put(out, "facts", facts);
	ev_roll_enter(out, "facts");
	ev_form_put(out, "updatedAt",
	    time != NULL ? ev_node_copy(time) : ev_node_word(EV_NULL));
	return true;
}

void
ev_facts_list(struct ev_node *state)
{
	ev_roll_list(state, "facts");
}
