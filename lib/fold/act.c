#include "fold/act.h"

#include <string.h>

#include "base/buf.h"
#include "fold/patch.h"
#include "fold/spot.h"
#include "fold/plus.h"
#include "fold/tree.h"
#include "json/double.h"
#include "json/number.h"

/* The object that a value is, or that its text is: true and *object. */
static bool
object_of(
    const struct ev_act *act, const struct ev_val *val, struct ev_val *object)
{
	*object = *val;
	if (val->kind == EV_STRING)
		return ev_reach_inner(act->pool, val, object);
	return val->kind == EV_OBJECT;
}

static struct ev_node
value(const struct ev_act *act, const struct ev_val *val)
{
	return act->lend ? ev_node_lend(val) : ev_node_of(val);
}

static void
change_object(
    struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	struct ev_val object;
	struct ev_node *place;

	if (act->op == EV_RULE_PATCH && act->at->count > 0 &&
	    !object_of(act, val, &object)) {
		/* RFC 7396: what is no object replaces; null removes */
		if (val->kind == EV_NULL)
			ev_spot_drop(state, act->at);
		else
			ev_spot_put(state, act->at, value(act, val));
		return;
	}
	if (!object_of(act, val, &object))
		return;
	if (act->op == EV_RULE_SET) {
		ev_node_clear(state);
		*state = value(act, &object);
		ev_tree_count(state); /* a key that comes twice goes */
		return;
	}
	place = ev_spot_make(state, act->at);
	if (act->op == EV_RULE_PATCH)
		ev_patch_apply(place, value(act, &object));
	else
		ev_patch_merge(place, value(act, &object));
	if (place->kind == EV_NONE)
		*place = ev_node_open(EV_OBJECT);
}

static void
append(
    struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	struct ev_node *place = ev_spot_make(state, act->at);
	struct ev_node node = value(act, val);

	if (act->unique && ev_tree_holds(place, &node)) {
		ev_node_clear(&node);
		return;
	}
	ev_tree_push(place, node);
}

static void
remove_equal(
    struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	struct ev_node *place = ev_spot_find(state, act->at), *each;
	struct ev_node node = ev_node_lend(val);
	uint32_t i = 0;

	while (place != NULL && (each = ev_tree_at(place, i)) != NULL) {
		if (ev_node_same(each, &node))
			ev_tree_drop_at(place, i);
		else
			i++;
	}
	ev_node_clear(&node);
}

static void
add(struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	struct ev_node *place, total;

	if (val->kind != EV_NUMBER)
		return;
	place = ev_spot_make(state, act->at);
	total = place->kind == EV_NUMBER ?
	    ev_plus(ev_leaf_raw(place), ev_val_slice(val)) :
	    value(act, val);
	ev_node_clear(place);
	*place = total;
}

/* Numbers by value, strings by their bytes; other values have no order. */
static void
greater(
    struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	struct ev_node *place;
	struct ev_slice old, new = ev_val_raw(val);
	int diff;

	if (val->kind != EV_NUMBER && val->kind != EV_STRING)
		return;
	place = ev_spot_make(state, act->at);
	if (place->kind == val->kind) {
		old = ev_leaf_raw(place);
		diff = val->kind == EV_NUMBER ? ev_num_cmp(old, new) :
						ev_slice_cmp(old, new);
		if (diff >= 0)
			return;
	} else if (place->kind > EV_NULL) {
		return;
	}
	ev_node_clear(place);
	*place = value(act, val);
}

/* The key at a place gets the value's text as its name. */
static void
rename_key(
    struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node name = ev_node_lend(val);

	if (val->kind == EV_STRING)
		ev_spot_rename(state, act->at, ev_node_words(&name, &scratch));
	ev_buf_clear(&scratch);
}

void
ev_act(
    struct ev_node *state, const struct ev_act *act, const struct ev_val *val)
{
	switch (act->op) {
	case EV_RULE_PUT:
		ev_spot_put(state, act->at, value(act, val));
		break;
	case EV_RULE_APPEND:
		append(state, act, val);
		break;
	case EV_RULE_REMOVE:
		remove_equal(state, act, val);
		break;
	case EV_RULE_ADD:
		add(state, act, val);
		break;
	case EV_RULE_MAX:
		greater(state, act, val);
		break;
	case EV_RULE_RENAME:
		rename_key(state, act, val);
		break;
	default:
		change_object(state, act, val);
		break;
	}
}

void
ev_act_remove(struct ev_node *state, const struct ev_path *at)
{
	ev_spot_drop(state, at);
}

static bool
number_at(struct ev_node *state, const struct ev_path *path, double *out)
{
	const struct ev_node *node = ev_spot_find(state, path);

	if (node == NULL || node->kind != EV_NUMBER)
		return false;
	*out = ev_num_double(ev_leaf_raw(node));
	return true;
}

void
ev_act_ratio(struct ev_node *state, const struct ev_path *at,
    const struct ev_path *from, const struct ev_path *by)
{
	struct ev_buf text = EV_BUF_INIT;
	double above, below;

	if (number_at(state, from, &above) && number_at(state, by, &below) &&
	    below != 0)
		ev_double_print(&text, above / below);
	else
		ev_buf_adds(&text, "null");
	ev_spot_put(state, at, ev_leaf_keep(ev_buf_slice(&text)));
	ev_buf_clear(&text);
}
