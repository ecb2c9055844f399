#include "ledger/memory.h"

#include "fold/plus.h"
#include "json/number.h"
#include "ledger/form.h"

#define CRYSTALS_MOST 128

/* clang-format off */
static const struct ev_form crystal[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "topic", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "summary", EV_FORM_FULL, EV_FORM_MAY, NULL, NULL },
	{ "unitCount", EV_FORM_WHOLE, EV_FORM_MAY, "0", NULL },
	{ "confidence", EV_FORM_LEAST, EV_FORM_MAY, "0", NULL },
	{ "updatedAt", EV_FORM_LEAST, EV_FORM_MAY, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form kept_crystal[] = {
	{ "id", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "topic", EV_FORM_TEXT, EV_FORM_MUST, NULL, NULL },
	{ "summary", EV_FORM_TEXT, EV_FORM_MAY, NULL, NULL },
	{ "unitCount", EV_FORM_WHOLE, EV_FORM_MUST, NULL, NULL },
	{ "confidence", EV_FORM_LEAST, EV_FORM_MUST, NULL, NULL },
	{ "updatedAt", EV_FORM_LEAST, EV_FORM_MUST, NULL, NULL },
	{ .name = NULL }
};
static const struct ev_form kept_time = {
	"updatedAt", EV_FORM_LEAST, EV_FORM_MUST, NULL, NULL
};
/* clang-format on */

static bool
read_crystal(struct ev_note *note, struct ev_node *out)
{
	struct ev_node *from = ev_form_get(&note->payload, "crystal"), *units;

	if (from == NULL || from->kind != EV_OBJECT)
		from = &note->payload;
	if (!ev_form_take(crystal, from, out))
		return false;
	units = ev_form_get(from, "unitIds");
	if (units != NULL && units->kind == EV_ARRAY)
		ev_form_put(
		    out, "unitCount", ev_node_int(ev_tree_count(units)));
	if (ev_form_get(out, "updatedAt") == NULL)
		ev_form_put(out, "updatedAt", ev_node_copy(&note->time));
	return true;
}

static struct ev_slice
time_of(struct ev_node *node)
{
	return ev_leaf_raw(ev_form_get(node, "updatedAt"));
}

/* The latest first; equal times stay as they stand. */
static void
sort(struct ev_node *list)
{
	struct ev_node *left, *right, held;
	uint32_t count = ev_tree_count(list), i, j;

	for (i = 1; i < count; i++)
		for (j = i; j > 0; j--) {
			left = ev_tree_at(list, j - 1);
			right = ev_tree_at(list, j);
			if (ev_num_cmp(time_of(left), time_of(right)) >= 0)
				break;
			held = *left;
			*left = *right;
			*right = held;
		}
}

static void
shorten(struct ev_node *list)
{
	while (ev_tree_count(list) > CRYSTALS_MOST)
		ev_tree_drop_at(list, ev_tree_count(list) - 1);
}

/* The new one takes the place of the old one with its id, or the last. */
static void
enter(struct ev_node *list, struct ev_node new)
{
	const struct ev_node *id = ev_form_get(&new, "id");
	struct ev_node *each;
	uint32_t at = 0;

	while ((each = ev_tree_next(list, &at, NULL)) != NULL)
		if (ev_node_same(ev_form_get(each, "id"), id))
			break;
	if (each != NULL) {
		ev_node_clear(each);
		*each = new;
	} else {
		ev_tree_push(list, new);
	}
	sort(list);
	shorten(list);
}

void
ev_memory(struct ev_node *state, struct ev_note *note)
{
	struct ev_node new, time;

	if (!read_crystal(note, &new))
		return;
	time = ev_plus_later(
	    ev_form_get(state, "updatedAt"), ev_form_get(&new, "updatedAt"));
	enter(ev_form_get(state, "crystals"), new);
	ev_form_put(state, "updatedAt", time);
}

bool
ev_memory_restore(struct ev_node *from, struct ev_node *out)
{
	const struct ev_node *time = ev_form_get(from, "updatedAt");
	struct ev_node when = ev_node_word(EV_NULL), list;

	*out = EV_NODE_NONE;
	if (from == NULL) {
		*out = ev_form_json(EV_MEMORY_EMPTY);
		return true;
	}
	if (time != NULL && time->kind != EV_NULL)
		when = ev_form_member(&kept_time, from);
	if (from->kind != EV_OBJECT || when.kind == EV_NONE) {
		ev_node_clear(&when);
		return false;
	}
	if (!ev_form_list(
		kept_crystal, ev_form_get(from, "crystals"), false, &list))
		list = ev_node_open(EV_ARRAY);
	shorten(&list);
	*out = ev_node_open(EV_OBJECT);
	ev_form_put(out, "updatedAt", when);
	ev_form_put(out, "crystals", list);
	return true;
}
