#include "fold/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "fold/inside.h"
#include "fold/turn.h"
#include "json/quote.h"
#include "json/walk.h"

/* The views of the rules, and those of the ledgers behind them. */
static void
name_views(struct ev_fold *fold)
{
	size_t i, n = fold->program->views;

	fold->view = ev_calloc(n + EV_PART_VIEWS + 1, sizeof(*fold->view));
	for (i = 0; i < n; i++)
		fold->view[i] = fold->program->view[i];
	for (i = 0; i < EV_PART_VIEWS && fold->ledgers != NULL; i++)
		fold->view[n + i] = ev_parts[i].name;
}

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
	if (rules->ledgers)
		fold->ledgers = ev_ledgers_new(model);
	name_views(fold);
	return fold;
}

void
ev_fold_free(struct ev_fold *fold)
{
	if (fold == NULL)
		return;
	ev_ledgers_free(fold->ledgers);
	free(fold->view);
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
	if (fold->ledgers != NULL)
		ev_ledgers_only(
		    fold->ledgers, view - (int)fold->program->views);
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
	bool wanted;

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
	wanted = fold->only == NULL ||
	    (id.n == fold->only_n && memcmp(id.p, fold->only, id.n) == 0);
	if (id.n == 0 || (!wanted && !m->renames) || met_before(fold, id))
		return 0;
	ev_turn(&m->turn, id);
	fold->renamed |= wanted && m->turn.renamed;
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

	if (fold->ledgers != NULL)
		ev_ledgers_add(fold->ledgers, ev);
	rule = ev_choice_rules(fold->choice, ev, &count);
	for (; count > 0; rule += n, count -= n) {
		for (n = 1; n < count &&
		     p->rule[rule[n]].table == p->rule[*rule].table;)
			n++;
		table = &p->table[p->rule[*rule].table];
		m.turn.view = table->view;
		m.turn.rule = rule;
		m.turn.count = n;
		m.renames = p->renames[table->view];
		ev_pool_reset(&fold->pool);
		ev_buf_reset(&fold->met);
		ev_origin_each(table->entity, ev, meet, &m);
		ev_map_free(fold->more);
		fold->more = NULL;
	}
}

struct ev_board *
ev_fold_board(struct ev_fold *fold)
{
	return fold->board;
}

struct ev_board *
ev_fold_ledgers(struct ev_fold *fold)
{
	return fold->ledgers != NULL ? ev_ledgers_board(fold->ledgers) : NULL;
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
