#include "ledger/cost.h"

#include "fold/plus.h"
#include "json/number.h"

/* The totals of one object grow by what an event says. */
static void
add_totals(struct ev_node *totals, struct ev_node *used)
{
	const struct ev_form *row = ev_cost_totals;
	struct ev_node *each;
	uint32_t at = 0;

	/* the members of `used` are those of the totals, in their order */
	for (; row->name != NULL; row++) {
		each = ev_tree_next(used, &at, NULL);
		ev_plus_add(ev_form_get(totals, row->name), ev_leaf_raw(each));
	}
}

/* The totals of a model or skill, made when there are none. */
static struct ev_node *
totals_of(struct ev_node *summary, const char *list, struct ev_slice name,
    const char *empty)
{
	struct ev_node *all = ev_form_get(summary, list), *totals;

	totals = ev_tree_get(all, name);
	return totals != NULL ? totals :
				ev_tree_put(all, name, ev_form_json(empty));
}

/* A turn that is not the skill's last one is one more of it. */
static void
count_turn(struct ev_node *turns, struct ev_node *skill, struct ev_slice name,
    const struct ev_node *turn)
{
	const struct ev_node *last = ev_tree_get(turns, name);

	ev_plus_add(ev_form_get(skill, "usageCount"), EV_SLICE("1"));
	if (ev_num_cmp(ev_leaf_raw(turn), EV_SLICE("0")) <= 0)
		return;
	if (last == NULL ||
	    ev_num_cmp(ev_leaf_raw(last), ev_leaf_raw(turn)) != 0)
		ev_plus_add(ev_form_get(skill, "turns"), EV_SLICE("1"));
	ev_tree_put(turns, name, ev_node_copy(turn));
}

/* What a payload says of the budget; else it stays. */
static void
take_budget(struct ev_node *summary, struct ev_node *payload)
{
	struct ev_node *old = ev_form_get(summary, "budget");
	struct ev_node *from = ev_form_get(payload, "budget"), budget;

	if (!ev_form_take(ev_cost_budget, from, &budget))
		return;
	if (ev_form_get(&budget, "action") == NULL)
		ev_form_put(&budget, "action",
		    ev_node_copy(ev_form_get(old, "action")));
	ev_form_put(summary, "budget", budget);
}

void
ev_cost_update(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *payload = &note->payload;
	struct ev_node *summary = ev_form_get(state, "summary"), *skill;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node names, used;
	struct ev_slice name;

	if (!ev_form_take(ev_cost_names, payload, &names))
		return;
	if (ev_form_take(ev_cost_used, payload, &used)) {
		add_totals(summary, &used);
		name = ev_node_words(ev_form_get(&names, "model"), &scratch);
		add_totals(totals_of(summary, "models", name, EV_COST_NO_MODEL),
		    &used);
		name = ev_node_words(ev_form_get(&names, "skill"), &scratch);
		skill = totals_of(summary, "skills", name, EV_COST_NO_SKILL);
		add_totals(skill, &used);
		count_turn(ev_form_get(state, "skillLastTurnByName"), skill,
		    name, &note->turn);
		take_budget(summary, payload);
		ev_form_put(state, "updatedAt",
		    ev_plus_later(
			ev_form_get(state, "updatedAt"), &note->time));
		ev_node_clear(&used);
	}
	ev_node_clear(&names);
	ev_buf_clear(&scratch);
}

static void
set_flag(struct ev_node *budget, const char *name, bool yes)
{
	ev_form_put(budget, name, ev_node_word(yes ? EV_TRUE : EV_FALSE));
}

static bool
has_flag(struct ev_node *budget, const char *name)
{
	const struct ev_node *flag = ev_form_get(budget, name);

	return flag != NULL && flag->kind == EV_TRUE;
}

void
ev_cost_alert(struct ev_node *state, struct ev_note *note)
{
	struct ev_node *summary = ev_form_get(state, "summary"), *budget;
	struct ev_node alert, action;

	if (!ev_form_take(ev_cost_new_alert, &note->payload, &alert))
		return;
	ev_form_put(&alert, "timestamp", ev_node_copy(&note->time));
	take_budget(summary, &note->payload);
	budget = ev_form_get(summary, "budget");
	action = ev_form_member(ev_cost_action, &note->payload);
	if (action.kind != EV_NONE)
		ev_form_put(budget, "action", action);
	if (ev_form_is(&alert, "kind", "session_cap"))
		set_flag(budget, "sessionExceeded", true);
	if (ev_form_is(&alert, "kind", "skill_cap"))
		set_flag(budget, "skillExceeded", true);
	set_flag(budget, "blocked",
	    ev_form_is(budget, "action", "block_tools") &&
		(has_flag(budget, "sessionExceeded") ||
		    has_flag(budget, "skillExceeded")));
	ev_tree_push(ev_form_get(summary, "alerts"), alert);
}

bool
ev_cost_restore(struct ev_node *summary, struct ev_node *turns,
    const struct ev_node *time, struct ev_node *out)
{
	struct ev_node sum, last;

	*out = EV_NODE_NONE;
	if (!ev_cost_summary(summary, &sum))
		return false;
	if (!ev_cost_turns(turns, &last)) {
		ev_node_clear(&sum);
		return false;
	}
	*out = ev_node_open(EV_OBJECT);
	ev_form_put(out, "summary", sum);
	ev_form_put(out, "updatedAt", ev_node_copy(time));
	ev_form_put(out, "skillLastTurnByName", last);
	return true;
}
