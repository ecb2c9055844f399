#include "fold/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "fold/choice.h"
#include "fold/tree.h"
#include "fold/turn.h"
#include "json/quote.h"
#include "json/walk.h"

struct ev_fold {
	const struct ev_rules *rules;
	struct ev_program *program;
	struct ev_choice *choice;
	struct ev_board *board;
	struct ev_pool pool; /* objects that stood inside strings */
	struct ev_buf id;
	char *only; /* NULL: all */
	size_t only_n;
	/* the entities of one event: the first, and all when there are more */
	struct ev_buf met;
	struct ev_map *more;
};

struct ev_fold *
ev_fold_new(
    const struct ev_rules *rules, struct ev_model *model, struct ev_err *err)
{
	struct ev_fold *fold = ev_calloc(1, sizeof(*fold));

	fold->rules = rules;
	fold->program = ev_program_new(rules, model, err);
	if (fold->program == NULL) {
		free(fold);
		return NULL;
	}
	fold->choice = ev_choice_new(fold->program);
	fold->board = ev_board_new();
	return fold;
}

void
ev_fold_free(struct ev_fold *fold)
{
	if (fold == NULL)
		return;
	ev_board_free(fold->board);
	ev_choice_free(fold->choice);
	ev_program_free(fold->program);
	ev_pool_clear(&fold->pool);
	ev_buf_clear(&fold->id);
	ev_buf_clear(&fold->met);
	free(fold->only);
	free(fold);
}

void
ev_fold_only(struct ev_fold *fold, struct ev_slice id)
{
	free(fold->only);
	fold->only = ev_memdup(id.p, id.n);
	fold->only_n = id.n;
}

void
ev_fold_only_view(struct ev_fold *fold, int view)
{
	ev_choice_view(fold->choice, (unsigned)view);
}

/* An event and the rules of one table for it. */
struct meeting {
	struct ev_fold *fold;
	struct ev_turn turn;
	bool renames;
};

/* An event that names an entity twice is one event about it. */
static bool
met_before(struct ev_fold *fold, struct ev_slice id)
{
	bool fresh;

	if (fold->met.n == 0) {
		ev_buf_addslice(&fold->met, id);
		return false;
	}
	if (fold->more == NULL) {
		fold->more = ev_map_new();
		ev_map_at(fold->more, fold->met.p, fold->met.n, NULL);
	}
	ev_map_at(fold->more, id.p, id.n, &fresh);
	return !fresh;
}

static int
meet(void *arg, const struct ev_val *val)
{
	struct meeting *m = arg;
	struct ev_fold *fold = m->fold;
	struct ev_slice id;
	struct ev_walk walk;
	struct ev_val each;

	if (val->kind == EV_ARRAY) {
		ev_walk_begin(&walk, val);
		while (ev_walk_next(&walk, NULL, &each))
			if (each.kind != EV_ARRAY)
				meet(m, &each);
		return 0;
	}
	if (val->kind != EV_STRING && val->kind != EV_NUMBER)
		return 0;
	id = ev_val_text(val, &fold->id);
	if (id.n == 0 ||
	    (fold->only != NULL && !m->renames &&
		(id.n != fold->only_n ||
		    memcmp(id.p, fold->only, id.n) != 0)) ||
	    met_before(fold, id))
		return 0;
	ev_turn(&m->turn, id);
	return 0;
}

void
ev_fold_add(struct ev_fold *fold, struct ev_event *ev)
{
	const struct ev_program *p = fold->program;
	const struct ev_program_table *table;
	struct meeting m = { fold,
		{ .program = p,
		    .board = fold->board,
		    .pool = &fold->pool,
		    .ev = ev },
		false };
	const uint16_t *rule;
	size_t count, n;

	rule = ev_choice_rules(fold->choice, ev, &count);
	for (; count > 0; rule += n, count -= n) {
		for (n = 1; n < count &&
		     p->rule[rule[n]].table == p->rule[*rule].table;)
			n++;
		table = &p->table[p->rule[*rule].table];
		m.turn.view = table->view;
		m.turn.rule = rule;
		m.turn.count = n;
		m.renames = table->renames;
		ev_pool_reset(&fold->pool);
		ev_buf_reset(&fold->met);
		ev_origin_each(table->entity, ev, meet, &m);
		ev_map_free(fold->more);
		fold->more = NULL;
	}
}

const char *const *
ev_fold_views(const struct ev_fold *fold)
{
	return fold->program->view;
}

int
ev_fold_view(const struct ev_fold *fold, const char *name)
{
	return ev_program_view(fold->program, name);
}

uint32_t
ev_fold_find(const struct ev_fold *fold, struct ev_slice id)
{
	uint32_t number;
	unsigned view;

	for (view = 0; view < fold->program->views; view++) {
		number = ev_board_find(fold->board, view, id);
		if (number != EV_BOARD_NONE)
			return number;
	}
	return EV_BOARD_NONE;
}

uint32_t
ev_fold_find_in(const struct ev_fold *fold, int view, struct ev_slice id)
{
	return ev_board_find(fold->board, (unsigned)view, id);
}

uint32_t *
ev_fold_entities(const struct ev_fold *fold, int view, size_t *count)
{
	return ev_board_sorted(fold->board, view, count);
}

struct ev_slice
ev_fold_id(const struct ev_fold *fold, uint32_t entity)
{
	return ev_board_id(fold->board, entity);
}

unsigned
ev_fold_view_of(const struct ev_fold *fold, uint32_t entity)
{
	return ev_board_view(fold->board, entity);
}

void
ev_fold_state(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	ev_turn_show(fold->program, fold->board, entity, out);
}

void
ev_fold_pair(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	ev_buf_adds(out, "{\"entity\":");
	ev_quote(out, ev_board_id(fold->board, entity));
	ev_buf_adds(out, ",\"state\":");
	ev_fold_state(fold, entity, out);
	ev_buf_addc(out, '}');
}

void
ev_fold_row(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node state;

	ev_buf_adds(out, "{\"id\":");
	ev_quote(out, ev_board_id(fold->board, entity));
	ev_fold_state(fold, entity, &text);
	state = ev_leaf_lend(ev_buf_slice(&text));
	ev_tree_drop(&state, EV_SLICE("id"));
	if (ev_tree_count(&state) == 0) {
		ev_buf_addc(out, '}');
	} else {
		ev_buf_addc(out, ',');
		text.n = 0;
		ev_node_own(&state);
		ev_node_print(&state, &text);
		ev_buf_add(out, text.p + 1, text.n - 1);
	}
	ev_node_clear(&state);
	ev_buf_clear(&text);
}

struct ev_board *
ev_fold_board(struct ev_fold *fold)
{
	return fold->board;
}

const struct ev_rules *
ev_fold_rules(const struct ev_fold *fold)
{
	return fold->rules;
}

int
ev_fold_solved(const struct ev_fold *fold, struct ev_err *err)
{
	const struct ev_program *p = fold->program;
	size_t i;

	for (i = 0; i < p->rules; i++)
		if (p->rule[i].when != NULL &&
		    ev_expr_unsolved(p->rule[i].when) > 0)
			return ev_fail(err,
			    "'when' %s: could not be tried "
			    "to the end on some text",
			    p->rule[i].rule->when);
	return 0;
}
