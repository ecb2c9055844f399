#include "fold/fold.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fold/act.h"
#include "fold/patch.h"
#include "fold/program.h"
#include "fold/spot.h"
#include "fold/tree.h"
#include "json/quote.h"
#include "json/walk.h"

struct ev_fold {
	const struct ev_rules *rules;
	struct ev_program *program;
	struct ev_board *board;
	struct ev_pool pool; /* objects that stood inside strings */
	struct ev_buf id, old;
	char *only; /* NULL: all */
	size_t only_n;
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
	fold->board = ev_board_new();
	return fold;
}

void
ev_fold_free(struct ev_fold *fold)
{
	if (fold == NULL)
		return;
	ev_board_free(fold->board);
	ev_program_free(fold->program);
	ev_pool_clear(&fold->pool);
	ev_buf_clear(&fold->id);
	ev_buf_clear(&fold->old);
	free(fold->only);
	free(fold);
}

void
ev_fold_only(struct ev_fold *fold, struct ev_slice id)
{
	fold->only = ev_memdup(id.p, id.n);
	fold->only_n = id.n;
}

/* One event and the rules of one table for it. */
struct turn {
	struct ev_fold *fold;
	struct ev_event *ev;
	const struct ev_program_table *table;
	const uint16_t *rule; /* numbers in the program */
	size_t count;
	/* the entity at hand */
	struct ev_node state;
	struct ev_act act;
	bool large, first;
};

static bool
provided(struct turn *turn, const struct ev_program_rule *r)
{
	const struct ev_proviso *p = r->state, *end = p + r->provisos;
	const struct ev_node *now;

	for (; p < end; p++) {
		now = ev_spot_find(&turn->state, &p->at);
		if (p->is.kind == EV_NULL ?
			now != NULL && now->kind != EV_NULL :
			now == NULL || !ev_node_same(now, &p->is))
			return false;
	}
	return true;
}

static bool
applies(struct turn *turn, const struct ev_program_rule *r)
{
	return (!r->rule->first || turn->first) &&
	    (r->when == NULL || ev_expr_match(r->when, turn->ev)) &&
	    (r->provisos == 0 || provided(turn, r));
}

static int
take(void *arg, const struct ev_val *val)
{
	struct turn *turn = arg;
	struct ev_slice line = turn->ev->line;

	/* what was computed or stood in a string is gone soon */
	turn->act.lend =
	    !turn->large && val->p > line.p && val->p < line.p + line.n;
	ev_act(&turn->state, &turn->act, val);
	return turn->act.op == EV_RULE_APPEND ||
		turn->act.op == EV_RULE_REMOVE || turn->act.op == EV_RULE_ADD ||
		turn->act.op == EV_RULE_MAX ?
	    0 :
	    1;
}

static void
apply(struct turn *turn, const struct ev_program_rule *r)
{
	struct ev_val val;

	if (r->rule->op == EV_RULE_RATIO) {
		ev_act_ratio(&turn->state, &r->at, &r->above, &r->by);
		return;
	}
	turn->act.op = r->rule->op;
	turn->act.unique = r->rule->unique;
	turn->act.at = &r->at;
	turn->act.pool = &turn->fold->pool;
	if (r->from != NULL) {
		ev_origin_each(r->from, turn->ev, take, turn);
	} else if (r->constant.kind != EV_NONE) {
		val = ev_leaf_val(&r->constant);
		turn->act.lend = !turn->large;
		ev_act(&turn->state, &turn->act, &val);
	} else {
		ev_act_remove(&turn->state, &r->at);
	}
}

static bool
renames_entity(const struct ev_program_rule *r)
{
	return r->rule->op == EV_RULE_RENAME && r->at.count == 0;
}

static int
read_old(void *arg, const struct ev_val *val)
{
	struct ev_fold *fold = arg;
	struct ev_buf scratch = EV_BUF_INIT;

	ev_buf_reset(&fold->old);
	if (val->kind == EV_STRING || val->kind == EV_NUMBER)
		ev_buf_addslice(&fold->old, ev_val_text(val, &scratch));
	ev_buf_clear(&scratch);
	return 1;
}

/*
 * The state that the entity had under its old id comes under what is known of
 * the new one.
 */
static void
take_over(struct turn *turn, const struct ev_program_rule *r)
{
	struct ev_fold *fold = turn->fold;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node state;
	uint32_t old;

	ev_buf_reset(&fold->old);
	ev_origin_each(r->from, turn->ev, read_old, fold);
	old = ev_board_find(
	    fold->board, turn->table->view, ev_buf_slice(&fold->old));
	if (fold->old.n == 0 || old == EV_BOARD_NONE ||
	    ev_slice_eq(ev_buf_slice(&fold->old), ev_buf_slice(&fold->id)))
		return;
	ev_board_print(fold->board, old, &text);
	ev_board_drop(fold->board, old);
	state = ev_leaf_keep(ev_buf_slice(&text));
	ev_node_own(&turn->state);
	ev_patch_merge(&state, turn->state);
	turn->state = state;
	turn->first = false;
	ev_buf_clear(&text);
}

/* The rules change the entity fold->id, which exists from the first one on. */
static void
change(struct turn *turn)
{
	struct ev_fold *fold = turn->fold;
	const struct ev_program_rule *r;
	uint32_t number = EV_BOARD_NONE;
	size_t i;

	number = ev_board_find(
	    fold->board, turn->table->view, ev_buf_slice(&fold->id));
	turn->large = false;
	turn->state = number != EV_BOARD_NONE ?
	    ev_board_take(fold->board, number, &turn->large) :
	    ev_leaf_lend(EV_SLICE("{}"));
	turn->first = ev_tree_count(&turn->state) == 0;
	for (i = 0; i < turn->count; i++) {
		r = &fold->program->rule[turn->rule[i]];
		if (!applies(turn, r))
			continue;
		if (number == EV_BOARD_NONE)
			number = ev_board_make(fold->board, turn->table->view,
			    ev_buf_slice(&fold->id));
		if (renames_entity(r))
			take_over(turn, r);
		else
			apply(turn, r);
	}
	if (number != EV_BOARD_NONE)
		ev_board_put(fold->board, number, turn->state);
	else
		ev_node_clear(&turn->state);
}

static int
meet(void *arg, const struct ev_val *val)
{
	struct turn *turn = arg;
	struct ev_fold *fold = turn->fold;
	struct ev_buf *id = &fold->id;
	struct ev_walk walk;
	struct ev_val each;

	if (val->kind == EV_ARRAY) {
		ev_walk_begin(&walk, val);
		while (ev_walk_next(&walk, NULL, &each))
			if (each.kind != EV_ARRAY)
				meet(turn, &each);
		return 0;
	}
	ev_buf_reset(id);
	if (val->kind == EV_STRING)
		ev_unquote(id, val);
	else if (val->kind == EV_NUMBER)
		ev_buf_addslice(id, ev_val_slice(val));
	if (id->n == 0)
		return 0;
	if (fold->only == NULL || turn->table->renames ||
	    (id->n == fold->only_n && memcmp(id->p, fold->only, id->n) == 0))
		change(turn);
	return 0;
}

void
ev_fold_add(struct ev_fold *fold, struct ev_event *ev)
{
	const struct ev_program *p = fold->program;
	struct turn turn = { .fold = fold, .ev = ev };
	const uint16_t *rule;
	size_t count, i, n;

	rule = ev_program_rules(fold->program, ev, &count);
	for (i = 0; i < count; i += n) {
		for (n = 1; i + n < count &&
		     p->rule[rule[i + n]].table == p->rule[rule[i]].table;)
			n++;
		turn.table = &p->table[p->rule[rule[i]].table];
		turn.rule = rule + i;
		turn.count = n;
		ev_pool_reset(&fold->pool);
		ev_origin_each(turn.table->entity, ev, meet, &turn);
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

void
ev_fold_state(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	ev_board_print(fold->board, entity, out);
}

void
ev_fold_pair(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	ev_buf_adds(out, "{\"entity\":");
	ev_quote(out, ev_board_id(fold->board, entity));
	ev_buf_adds(out, ",\"state\":");
	ev_board_print(fold->board, entity, out);
	ev_buf_addc(out, '}');
}

void
ev_fold_row(const struct ev_fold *fold, uint32_t entity, struct ev_buf *out)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node state;

	ev_buf_adds(out, "{\"id\":");
	ev_quote(out, ev_board_id(fold->board, entity));
	ev_board_print(fold->board, entity, &text);
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
