#include "ledger/form.h"

#include <math.h>
#include <string.h>

#include "fold/plus.h"
#include "json/number.h"
#include "ledger/trim.h"

struct ev_node *
ev_form_get(struct ev_node *object, const char *name)
{
	if (object == NULL || object->kind != EV_OBJECT)
		return NULL;
	return ev_tree_get(object, ev_slice_of(name));
}

void
ev_form_put(struct ev_node *object, const char *name, struct ev_node val)
{
	if (val.kind != EV_NONE)
		ev_tree_put(object, ev_slice_of(name), val);
	else
		ev_tree_drop(object, ev_slice_of(name));
}

struct ev_node
ev_form_json(const char *text)
{
	return ev_leaf_keep(ev_slice_of(text));
}

static bool
is_text(const struct ev_node *node, const char *text)
{
	struct ev_buf scratch = EV_BUF_INIT;
	bool same = node->kind == EV_STRING &&
	    ev_slice_is(ev_node_words(node, &scratch), text);

	ev_buf_clear(&scratch);
	return same;
}

bool
ev_form_is(struct ev_node *object, const char *name, const char *text)
{
	const struct ev_node *node = ev_form_get(object, name);

	return node != NULL && is_text(node, text);
}

/* A copy of a string, without the white space around it when trim; NONE when
 * nothing else is in it. */
static struct ev_node
text_of(const struct ev_node *node, bool trim)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node out = EV_NODE_NONE;
	struct ev_slice all, text;

	if (node->kind != EV_STRING)
		return EV_NODE_NONE;
	all = ev_node_words(node, &scratch);
	text = ev_trim(all);
	if (text.n > 0)
		out = trim && text.n < all.n ? ev_node_text(text) :
					       ev_node_copy(node);
	ev_buf_clear(&scratch);
	return out;
}

static struct ev_node
word_of(const struct ev_node *node, const char *const *word)
{
	for (; *word != NULL; word++)
		if (is_text(node, *word))
			return ev_node_copy(node);
	return EV_NODE_NONE;
}

static struct ev_node
number_of(const struct ev_node *node, uint8_t kind)
{
	int64_t whole;
	int sign;

	if (!ev_plus_finite(node))
		return EV_NODE_NONE;
	sign = ev_num_cmp(ev_leaf_raw(node), EV_SLICE("0"));
	if ((kind == EV_FORM_ABOVE && sign <= 0) ||
	    (kind == EV_FORM_FROM && sign < 0))
		return EV_NODE_NONE;
	if (kind != EV_FORM_LEAST && kind != EV_FORM_WHOLE)
		return ev_node_copy(node);
	if (*ev_leaf_raw(node).p == '-')
		return ev_node_int(0);
	if (kind == EV_FORM_LEAST)
		return ev_node_copy(node);
	if (ev_num_int(ev_leaf_raw(node), &whole))
		return ev_node_int(whole);
	return ev_plus_double(floor(ev_num_double(ev_leaf_raw(node))));
}

static struct ev_node
list_of(struct ev_node *node, uint8_t kind)
{
	struct ev_node out, each;
	const struct ev_node *from;
	uint32_t at = 0;

	if (node->kind != EV_ARRAY)
		return EV_NODE_NONE;
	out = ev_node_open(EV_ARRAY);
	while ((from = ev_tree_next(node, &at, NULL)) != NULL) {
		if (kind == EV_FORM_STRINGS)
			each = from->kind == EV_STRING ? ev_node_copy(from) :
							 EV_NODE_NONE;
		else
			each = text_of(from, true);
		if (each.kind != EV_NONE)
			ev_tree_push(&out, each);
		else if (kind == EV_FORM_ALL)
			break;
	}
	if (from != NULL || (kind == EV_FORM_SOME && ev_tree_count(&out) == 0))
		ev_node_clear(&out);
	return out;
}

struct ev_node
ev_form_value(const struct ev_form *row, struct ev_node *node)
{
	switch (row->kind) {
	case EV_FORM_TEXT:
	case EV_FORM_FULL:
		return text_of(node, row->kind == EV_FORM_TEXT);
	case EV_FORM_STRING:
	case EV_FORM_OBJECT:
	case EV_FORM_ARRAY:
		if (node->kind !=
		    (row->kind == EV_FORM_STRING	? EV_STRING :
			    row->kind == EV_FORM_OBJECT ? EV_OBJECT :
							  EV_ARRAY))
			return EV_NODE_NONE;
		return ev_node_copy(node);
	case EV_FORM_WORD:
		return word_of(node, row->words);
	case EV_FORM_FLAG:
		return ev_node_word(node->kind == EV_TRUE ? EV_TRUE : EV_FALSE);
	case EV_FORM_SOME:
	case EV_FORM_ALL:
	case EV_FORM_STRINGS:
		return list_of(node, row->kind);
	default:
		return number_of(node, row->kind);
	}
}

struct ev_node
ev_form_member(const struct ev_form *row, struct ev_node *object)
{
	struct ev_node *node = ev_form_get(object, row->name);

	return node != NULL ? ev_form_value(row, node) : EV_NODE_NONE;
}

bool
ev_form_take(
    const struct ev_form *form, struct ev_node *object, struct ev_node *out)
{
	struct ev_node each;

	*out = EV_NODE_NONE;
	if (object == NULL || object->kind != EV_OBJECT)
		return false;
	*out = ev_node_open(EV_OBJECT);
	for (; form->name != NULL; form++) {
		each = ev_form_member(form, object);
		if (each.kind == EV_NONE &&
		    (form->need == EV_FORM_MUST ||
			(form->need == EV_FORM_SOUND &&
			    ev_form_get(object, form->name) != NULL))) {
			ev_node_clear(out);
			return false;
		}
		if (each.kind == EV_NONE && form->otherwise != NULL)
			each = ev_form_json(form->otherwise);
		if (each.kind != EV_NONE)
			ev_form_put(out, form->name, each);
	}
	return true;
}

bool
ev_form_list(const struct ev_form *form, struct ev_node *array, bool strict,
    struct ev_node *out)
{
	struct ev_node each, *from;
	uint32_t at = 0;

	*out = EV_NODE_NONE;
	if (array == NULL || array->kind != EV_ARRAY)
		return false;
	*out = ev_node_open(EV_ARRAY);
	while ((from = ev_tree_next(array, &at, NULL)) != NULL) {
		if (ev_form_take(form, from, &each)) {
			ev_tree_push(out, each);
		} else if (strict) {
			ev_node_clear(out);
			return false;
		}
	}
	return true;
}
