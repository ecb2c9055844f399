#include "ledger/tasks.h"

#include "fold/plus.h"
#include "ledger/roll.h"
#include "ledger/taskform.h"

/* clang-format off */
static const struct ev_form blocker_id = {
	"blockerId", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL
};
static const struct ev_form updated_at = {
	"updatedAt", EV_FORM_NUMBER, EV_FORM_MAY, NULL, NULL
};
/* clang-format on */

/* The next record from *at on whose id is this one's; NULL: no more. */
static struct ev_node *
next_like(struct ev_node *roll, uint32_t *at, struct ev_node *like)
{
	return ev_roll_next(roll, ev_form_get(like, "id"), at);
}

static bool
is_spec(struct ev_node *spec)
{
	const struct ev_node *goal = ev_form_get(spec, "goal");

	return ev_form_is(spec, "schema", EV_TASK_SPEC) && goal != NULL &&
	    goal->kind == EV_STRING;
}

static bool
spec_set(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *spec = ev_form_get(&note->payload, "spec");

	if (!is_spec(spec))
		return false;
	ev_form_put(state, "spec", ev_node_copy(spec));
	return true;
}

static bool
status_set(struct ev_node *state, struct ev_note *note)
{
	struct ev_node status;

	if (!ev_form_take(ev_task_set_status,
		ev_form_get(&note->payload, "status"), &status))
		return false;
	ev_form_put(state, "status", status);
	return true;
}

/* The ledger is this one from now on; what is not sound in it is left out. */
static bool
checkpoint_set(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *from = ev_form_get(&note->payload, "state");
	struct ev_node *spec = ev_form_get(from, "spec");
	struct ev_node to, part;

	if (!ev_form_take(ev_task_lists, from, &to))
		return false;
	ev_form_list(
	    ev_task_kept_item, ev_form_get(from, "items"), false, &part);
	ev_form_put(&to, "items", part);
	ev_form_list(
	    ev_task_kept_blocker, ev_form_get(from, "blockers"), false, &part);
	ev_form_put(&to, "blockers", part);
	ev_roll_enter(&to, "items");
	ev_roll_enter(&to, "blockers");
	ev_form_put(&to, "updatedAt", ev_form_member(&updated_at, from));
	if (is_spec(spec))
		ev_form_put(&to, "spec", ev_node_copy(spec));
	if (ev_form_take(
		ev_task_set_status, ev_form_get(from, "status"), &part))
		ev_form_put(&to, "status", part);
	ev_node_clear(state);
	*state = to;
	return true;
}

/* An item that is there already stays as it is. */
static bool
item_added(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *items = ev_form_get(state, "items");
	struct ev_node item;
	uint32_t at = 0;

	if (!ev_form_take(
		ev_task_new_item, ev_form_get(&note->payload, "item"), &item))
		return false;
	if (next_like(items, &at, &item) != NULL) {
		ev_node_clear(&item);
		return true;
	}
	ev_form_put(&item, "createdAt", ev_node_copy(&note->time));
	ev_form_put(&item, "updatedAt", ev_node_copy(&note->time));
	ev_roll_add(items, item);
	return true;
}

static bool
item_updated(struct ev_node *state, struct ev_note *note)
{
	static const char *const name[] = { "text", "status" };
	struct ev_node change, *item;
	const struct ev_node *val;
	uint32_t at = 0;
	size_t i;

	if (!ev_form_take(ev_task_changed_item,
		ev_form_get(&note->payload, "item"), &change))
		return false;
	if (ev_tree_count(&change) == 1) { /* the id alone */
		ev_node_clear(&change);
		return false;
	}
	while ((item = next_like(ev_form_get(state, "items"), &at, &change)) !=
	    NULL) {
		for (i = 0; i < 2; i++) {
			val = ev_form_get(&change, name[i]);
			if (val != NULL)
				ev_form_put(item, name[i], ev_node_copy(val));
		}
		ev_form_put(item, "updatedAt", ev_node_copy(&note->time));
	}
	ev_node_clear(&change);
	return true;
}

static bool
same(const struct ev_node *a, const struct ev_node *b)
{
	return a == NULL || b == NULL ? a == b : ev_node_same(a, b);
}

/* A copy of a's member, or else of b's. */
static struct ev_node
either(struct ev_node *a, struct ev_node *b, const char *name)
{
	const struct ev_node *val = ev_form_get(a, name);

	if (val == NULL)
		val = ev_form_get(b, name);
	return val != NULL ? ev_node_copy(val) : EV_NODE_NONE;
}

/* What the new record of a blocker does not say stays. */
static void
change_blockers(struct ev_node *list, struct ev_node *blocker)
{
	static const char *const name[] = { "message", "source",
		"truthFactId" };
	struct ev_node *each, val;
	uint32_t at = 0;
	bool changed = false;
	size_t i;

	each = next_like(list, &at, blocker);
	for (i = 0; i < 3; i++) {
		val = either(blocker, each, name[i]);
		changed |= val.kind != EV_NONE &&
		    !same(&val, ev_form_get(each, name[i]));
		ev_form_put(blocker, name[i], val);
	}
	for (; changed && each != NULL; each = next_like(list, &at, blocker))
		for (i = 0; i < 3; i++)
			ev_form_put(
			    each, name[i], either(blocker, NULL, name[i]));
}

static bool
blocker_recorded(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *list = ev_form_get(state, "blockers");
	struct ev_node blocker;
	uint32_t at = 0;

	if (!ev_form_take(ev_task_new_blocker,
		ev_form_get(&note->payload, "blocker"), &blocker))
		return false;
	if (next_like(list, &at, &blocker) != NULL) {
		change_blockers(list, &blocker);
		ev_node_clear(&blocker);
		return true;
	}
	ev_form_put(&blocker, "createdAt", ev_node_copy(&note->time));
	ev_roll_add(list, blocker);
	return true;
}

static bool
blocker_resolved(struct ev_node *state, struct ev_note *note)
{
	struct ev_node id = ev_form_member(&blocker_id, &note->payload);

	if (id.kind == EV_NONE)
		return false;
	ev_roll_drop(ev_form_get(state, "blockers"), &id);
	ev_node_clear(&id);
	return true;
}

/* clang-format off */
static const struct {
	const char *kind;
	bool (*change)(struct ev_node *state, struct ev_note *note);
} kinds[] = {
	{ "spec_set", spec_set },
	{ "status_set", status_set },
	{ "checkpoint_set", checkpoint_set },
	{ "item_added", item_added },
	{ "item_updated", item_updated },
	{ "blocker_recorded", blocker_recorded },
	{ "blocker_resolved", blocker_resolved },
};
/* clang-format on */

void
ev_tasks(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *payload = &note->payload;
	size_t i;

	if (!ev_form_is(payload, "schema", "brewva.task.ledger.v1"))
		return;
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (ev_form_is(payload, "kind", kinds[i].kind) &&
		    kinds[i].change(state, note))
			ev_form_put(state, "updatedAt",
			    ev_plus_later(
				ev_form_get(state, "updatedAt"), &note->time));
}

void
ev_tasks_list(struct ev_node *state)
{
	ev_roll_list(state, "items");
	ev_roll_list(state, "blockers");
}
