#include "fold/turn.h"

#include "base/buf.h"
#include "fold/patch.h"
#include "fold/spot.h"
#include "fold/tree.h"
#include "json/quote.h"

static bool
provided(struct ev_turn *turn, const struct ev_program_rule *r)
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
applies(struct ev_turn *turn, const struct ev_program_rule *r)
{
	return (!r->rule->first || turn->first) &&
	    (r->provisos == 0 || provided(turn, r)) &&
	    (r->when == NULL || ev_expr_match(r->when, turn->ev));
}

static int
take(void *arg, const struct ev_val *val)
{
	struct ev_turn *turn = arg;
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
apply(struct ev_turn *turn, const struct ev_program_rule *r)
{
	struct ev_val val;

	if (r->rule->op == EV_RULE_RATIO) {
		/* its place; ev_turn_show fills it */
		if (ev_spot_find(&turn->state, &r->at) == NULL)
			ev_spot_put(
			    &turn->state, &r->at, ev_node_word(EV_NULL));
		return;
	}
	turn->act.op = r->rule->op;
	turn->act.unique = r->rule->unique;
	turn->act.at = &r->at;
	turn->act.pool = turn->pool;
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

bool
ev_turn_renames(const struct ev_program_rule *r)
{
	return r->rule->op == EV_RULE_RENAME && r->at.count == 0;
}

static int
read_text(void *arg, const struct ev_val *val)
{
	struct ev_buf *text = arg, scratch = EV_BUF_INIT;

	if (val->kind == EV_STRING || val->kind == EV_NUMBER)
		ev_buf_addslice(text, ev_val_text(val, &scratch));
	ev_buf_clear(&scratch);
	return 1;
}

/* The state of another entity, which is gone then; EV_NODE_NONE: there is no
 * other one with the id that the rule gives. */
static struct ev_node
take_old(struct ev_turn *turn, const struct ev_program_rule *r)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node state = EV_NODE_NONE;
	uint32_t old;

	ev_origin_each(r->from, turn->ev, read_text, &text);
	old = ev_board_find(turn->board, turn->view, ev_buf_slice(&text));
	if (old != EV_BOARD_NONE &&
	    !ev_slice_eq(ev_buf_slice(&text), turn->id)) {
		ev_buf_reset(&text);
		ev_board_print(turn->board, old, &text);
		ev_board_drop(turn->board, old);
		state = ev_leaf_keep(ev_buf_slice(&text));
	}
	ev_buf_clear(&text);
	return state;
}

/* What was known of the entity under its old id comes under what is known of
 * it already. */
static void
rename_entity(struct ev_turn *turn, const struct ev_program_rule *r)
{
	struct ev_node old = take_old(turn, r);

	turn->renamed = true;
	if (old.kind == EV_NONE)
		return;
	ev_node_own(&turn->state);
	ev_patch_merge(&old, turn->state);
	turn->state = old;
	turn->first = false;
}

/* The text of an empty state is {}: it has no white space. */
static bool
empty(struct ev_node *state)
{
	return state->form == EV_LEAF_OPEN ? ev_tree_count(state) == 0 :
					     ev_leaf_raw(state).n == 2;
}

void
ev_turn(struct ev_turn *turn, struct ev_slice id)
{
	const struct ev_program_rule *r;
	uint32_t number = EV_BOARD_NONE;
	size_t i;

	turn->id = id;
	number = ev_board_find(turn->board, turn->view, id);
	turn->large = turn->renamed = false;
	turn->state = number != EV_BOARD_NONE ?
	    ev_board_take(turn->board, number, &turn->large) :
	    ev_leaf_lend(EV_SLICE("{}"));
	turn->first = empty(&turn->state);
	for (i = 0; i < turn->count; i++) {
		r = &turn->program->rule[turn->rule[i]];
		if (r->rule->op != EV_RULE_SET || r->provisos > 0)
			ev_tree_reopen(&turn->state);
		if (!applies(turn, r))
			continue;
		if (number == EV_BOARD_NONE)
			number =
			    ev_board_make(turn->board, turn->view, turn->id);
		if (ev_turn_renames(r))
			rename_entity(turn, r);
		else
			apply(turn, r);
	}
	if (number != EV_BOARD_NONE)
		ev_board_put(turn->board, number, turn->state);
	else
		ev_node_clear(&turn->state);
}

void
ev_turn_show(const struct ev_program *program, const struct ev_board *board,
    uint32_t number, struct ev_buf *out)
{
	unsigned view = ev_board_view(board, number);
	const struct ev_program_rule *r = program->rule;
	const struct ev_program_rule *end = r + program->rules;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node state;

	if (!program->ratios[view]) {
		ev_board_print(board, number, out);
		return;
	}
	ev_board_print(board, number, &text);
	state = ev_leaf_lend(ev_buf_slice(&text));
	for (; r < end; r++)
		if (r->rule->op == EV_RULE_RATIO &&
		    program->table[r->table].view == view &&
		    ev_spot_find(&state, &r->at) != NULL)
			ev_act_ratio(&state, &r->at, &r->above, &r->by);
	ev_node_print(&state, out);
	ev_node_clear(&state);
	ev_buf_clear(&text);
}
