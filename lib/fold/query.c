#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "event/ident.h"
#include "filter/literal.h"
#include "fold/fold.h"
#include "fold/inside.h"
#include "fold/tree.h"
#include "fold/turn.h"
#include "json/quote.h"

const char *const *
ev_fold_views(const struct ev_fold *fold)
{
	return fold->view;
}

int
ev_fold_view(const struct ev_fold *fold, const char *name)
{
	int i;

	for (i = 0; fold->view[i] != NULL; i++)
		if (strcmp(fold->view[i], name) == 0)
			return i;
	return -1;
}

/* All that the ledgers show; *count is 0 without them. */
static const struct ev_shown *
shown(const struct ev_fold *fold, size_t *count)
{
	*count = 0;
	return fold->ledgers != NULL ? ev_ledgers_shown(fold->ledgers, count) :
				       NULL;
}

/* The thing with a number, or NULL: it is an entity of rules. */
static const struct ev_shown *
shown_at(const struct ev_fold *fold, uint32_t entity)
{
	size_t count;

	return entity < EV_FOLD_SHOWN ?
	    NULL :
	    shown(fold, &count) + (entity - EV_FOLD_SHOWN);
}

/* part: a view of ledgers, or -1: any. */
static uint32_t
find_shown(const struct ev_fold *fold, int part, struct ev_slice id)
{
	size_t count, i;
	const struct ev_shown *v = shown(fold, &count);

	for (i = 0; i < count; i++)
		if ((part < 0 || v[i].view == (unsigned)part) &&
		    ev_slice_eq(v[i].id, id))
			return EV_FOLD_SHOWN + (uint32_t)i;
	return EV_BOARD_NONE;
}

uint32_t
ev_fold_find(const struct ev_fold *fold, struct ev_slice id)
{
	uint32_t number = find_shown(fold, -1, id);
	unsigned view;

	for (view = 0; view < fold->program->views && number == EV_BOARD_NONE;
	     view++)
		number = ev_board_find(fold->board, view, id);
	return number;
}

uint32_t
ev_fold_find_in(const struct ev_fold *fold, int view, struct ev_slice id)
{
	int part = view - (int)fold->program->views;

	return part >= 0 ? find_shown(fold, part, id) :
			   ev_board_find(fold->board, (unsigned)view, id);
}

uint32_t
ev_fold_again(const struct ev_fold *fold, uint32_t entity)
{
	const struct ev_shown *thing = shown_at(fold, entity), *v;
	size_t count, i;

	if (thing == NULL)
		return EV_BOARD_NONE;
	v = shown(fold, &count);
	for (i = entity - EV_FOLD_SHOWN + 1; i < count; i++)
		if (v[i].view == thing->view && ev_slice_eq(v[i].id, thing->id))
			return EV_FOLD_SHOWN + (uint32_t)i;
	return EV_BOARD_NONE;
}

/* The fields by which a rule or a table finds its entities. */
static bool
stored(const struct ev_fold *fold)
{
	const struct ev_program *p = fold->program;
	size_t i;

	for (i = 0; i < p->tables; i++)
		if (!ev_origin_stored(p->table[i].entity))
			return false;
	for (i = 0; i < p->rules; i++)
		if (ev_turn_renames(&p->rule[i]) &&
		    !ev_origin_stored(p->rule[i].from))
			return false;
	return true;
}

bool
ev_fold_literal(const struct ev_fold *fold, int view, struct ev_slice id)
{
	return view < (int)fold->program->views && ev_literal_plain(id) &&
	    stored(fold);
}

bool
ev_fold_sure(const struct ev_fold *fold)
{
	return !fold->renamed &&
	    (fold->ledgers == NULL ||
		ev_board_end(ev_ledgers_board(fold->ledgers)) == 0);
}

uint32_t *
ev_fold_entities(const struct ev_fold *fold, int view, size_t *count)
{
	int part = view < 0 ? -1 : view - (int)fold->program->views;
	size_t all, i;
	const struct ev_shown *v = shown(fold, &all);
	uint32_t *list;

	list = ev_board_sorted(fold->board, view, count);
	if (all == 0 || (view >= 0 && part < 0))
		return list;
	list = ev_realloc(list, *count + all, sizeof(*list));
	for (i = 0; i < all; i++)
		if (part < 0 || v[i].view == (unsigned)part)
			list[(*count)++] = EV_FOLD_SHOWN + (uint32_t)i;
	return list;
}

static int
in_order(const void *left, const void *right, void *arg)
{
	const struct ev_fold *fold = arg;

	return ev_fold_cmp(
	    fold, *(const uint32_t *)left, fold, *(const uint32_t *)right);
}

uint32_t *
ev_fold_aligned(const struct ev_fold *fold, int view, size_t *count)
{
	uint32_t *list = ev_fold_entities(fold, view, count);
	size_t first = *count;

	/* those of rules come first and are in that order */
	while (first > 0 && list[first - 1] >= EV_FOLD_SHOWN)
		first--;
	qsort_r(list + first, *count - first, sizeof(*list), in_order,
	    (void *)(uintptr_t)fold);
	return list;
}

struct ev_slice
ev_fold_id(const struct ev_fold *fold, uint32_t entity)
{
	const struct ev_shown *thing = shown_at(fold, entity);

	return thing != NULL ? thing->id : ev_board_id(fold->board, entity);
}

unsigned
ev_fold_view_of(const struct ev_fold *fold, uint32_t entity)
{
	const struct ev_shown *thing = shown_at(fold, entity);

	return thing != NULL ? (unsigned)fold->program->views + thing->view :
			       ev_board_view(fold->board, entity);
}

int
ev_fold_cmp(const struct ev_fold *left, uint32_t a, const struct ev_fold *right,
    uint32_t b)
{
	const struct ev_shown *x = shown_at(left, a), *y = shown_at(right, b);
	unsigned i = ev_fold_view_of(left, a), j = ev_fold_view_of(right, b);

	if (i != j)
		return i < j ? -1 : 1;
	if (x != NULL)
		return ev_shown_cmp(x, y);
	return ev_ident_cmp(
	    ev_board_id(left->board, a), ev_board_id(right->board, b));
}

void
ev_fold_state(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	const struct ev_shown *thing = shown_at(fold, entity);

	if (thing != NULL)
		ev_node_print(&thing->state, out);
	else
		ev_turn_show(fold->program, fold->board, entity, out);
}

void
ev_fold_pair(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	ev_buf_adds(out, "{\"entity\":");
	ev_quote(out, ev_fold_id(fold, entity));
	ev_buf_adds(out, ",\"state\":");
	ev_fold_state(fold, entity, out);
	ev_buf_addc(out, '}');
}

/* Can the state, a text without white space, have a member "id"? */
static bool
may_have_id(struct ev_slice state)
{
	return memmem(state.p, state.n, "\"id\"", 4) != NULL ||
	    memchr(state.p, '\\', state.n) != NULL;
}

/* Takes the member "id" out of a state. */
static void
drop_id(struct ev_buf *text)
{
	struct ev_node state = ev_leaf_lend(ev_buf_slice(text));

	ev_tree_drop(&state, EV_SLICE("id"));
	ev_node_own(&state);
	ev_buf_reset(text);
	ev_node_print(&state, text);
	ev_node_clear(&state);
}

void
ev_fold_row(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	const struct ev_shown *thing = shown_at(fold, entity);
	struct ev_buf text = EV_BUF_INIT;

	if (thing != NULL) {
		ev_shown_row(thing, out);
		return;
	}
	ev_buf_adds(out, "{\"id\":");
	ev_quote(out, ev_board_id(fold->board, entity));
	ev_fold_state(fold, entity, &text);
	if (may_have_id(ev_buf_slice(&text)))
		drop_id(&text);
	if (text.n > 2)
		ev_buf_addc(out, ',');
	ev_buf_add(out, text.p + 1, text.n - 1);
	ev_buf_clear(&text);
}
