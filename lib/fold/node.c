#include "fold/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "fold/members.h"
#include "json/canon.h"
#include "json/compact.h"
#include "json/equal.h"
#include "json/quote.h"
#include "json/span.h"

/* White space between tokens; inside strings it does not count. */
static bool
spaced(struct ev_slice raw)
{
	const char *p = raw.p, *end = p + raw.n;
	bool escaped;

	for (; p < end; p++) {
		if (*p == '"') {
			p = ev_span_string(p + 1, end, &escaped);
			if (p == end)
				return false;
		} else if ((unsigned char)*p <= ' ') {
			return true;
		}
	}
	return false;
}

struct ev_node
ev_node_lend(const struct ev_val *val)
{
	struct ev_buf flat = EV_BUF_INIT;
	struct ev_slice raw = ev_val_raw(val);
	struct ev_node tree;

	if (val->kind < EV_OBJECT || !spaced(raw))
		return ev_leaf_lend(raw);
	ev_compact(&flat, raw);
	tree = ev_leaf_keep(ev_buf_slice(&flat));
	ev_buf_clear(&flat);
	return tree;
}

struct ev_node
ev_node_of(const struct ev_val *val)
{
	struct ev_node tree = ev_node_lend(val);

	ev_leaf_own(&tree);
	return tree;
}

struct ev_node
ev_node_open(enum ev_kind kind)
{
	struct ev_node tree = EV_NODE_NONE;

	tree.kind = (uint8_t)kind;
	tree.form = EV_LEAF_OPEN;
	tree.far.open = ev_members_new(kind == EV_OBJECT);
	return tree;
}

struct ev_node
ev_node_text(struct ev_slice text)
{
	struct ev_buf quoted = EV_BUF_INIT;
	struct ev_node tree;

	ev_quote(&quoted, text);
	tree = ev_leaf_keep(ev_buf_slice(&quoted));
	ev_buf_clear(&quoted);
	return tree;
}

struct ev_node
ev_node_int(int64_t number)
{
	uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
	char text[24], *end = text + sizeof(text), *p = end;

	do
		*--p = (char)('0' + left % 10);
	while ((left /= 10) > 0);
	if (number < 0)
		*--p = '-';
	return ev_leaf_keep((struct ev_slice){ p, (size_t)(end - p) });
}

struct ev_node
ev_node_word(enum ev_kind kind)
{
	return ev_leaf_keep(kind == EV_TRUE ? EV_SLICE("true") :
		kind == EV_FALSE	    ? EV_SLICE("false") :
					      EV_SLICE("null"));
}

void
ev_node_clear(struct ev_node *tree)
{
	struct ev_members *m = tree->far.open;
	uint32_t i;

	if (tree->form != EV_LEAF_OPEN) {
		ev_leaf_clear(tree);
		return;
	}
	for (i = 0; i < m->used; i++)
		ev_node_clear(&m->val[i]);
	ev_members_free(m);
	*tree = EV_NODE_NONE;
}

void
ev_node_own(struct ev_node *tree)
{
	struct ev_members *m = tree->far.open;
	uint32_t i;

	if (tree->form != EV_LEAF_OPEN) {
		ev_leaf_own(tree);
		return;
	}
	for (i = 0; i < m->used; i++) {
		ev_node_own(&m->val[i]);
		if (m->key != NULL)
			ev_leaf_own(&m->key[i]);
	}
}

struct ev_node
ev_node_copy(const struct ev_node *tree)
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_node copy;

	if (tree->kind == EV_NONE)
		return EV_NODE_NONE;
	if (tree->form != EV_LEAF_OPEN)
		return ev_leaf_keep(ev_leaf_raw(tree));
	ev_node_print(tree, &text);
	copy = ev_leaf_keep(ev_buf_slice(&text));
	ev_buf_clear(&text);
	return copy;
}

static struct ev_val
whole(const struct ev_node *tree, struct ev_buf *text)
{
	if (tree->form != EV_LEAF_OPEN)
		return ev_leaf_val(tree);
	ev_node_print(tree, text);
	return (struct ev_val){ text->p, (uint32_t)text->n, tree->kind, 0 };
}

uint32_t
ev_node_hash(const struct ev_node *tree)
{
	struct ev_buf text = EV_BUF_INIT, scratch = EV_BUF_INIT;
	struct ev_val val = whole(tree, &text);
	struct ev_slice words;
	uint32_t hash;

	if (val.kind == EV_STRING) {
		words = ev_val_text(&val, &scratch);
	} else {
		/* equal numbers are equal doubles */
		ev_canon(&scratch, &val, NULL);
		words = ev_buf_slice(&scratch);
	}
	hash = (uint32_t)ev_sip(words.p, words.n);
	ev_buf_clear(&text);
	ev_buf_clear(&scratch);
	return hash;
}

bool
ev_node_same(const struct ev_node *a, const struct ev_node *b)
{
	struct ev_buf x = EV_BUF_INIT, y = EV_BUF_INIT;
	struct ev_val left, right;
	bool same;

	if (a->kind == EV_NONE || b->kind == EV_NONE)
		return a->kind == b->kind;
	left = whole(a, &x);
	right = whole(b, &y);
	same = ev_val_same(&left, &right);
	ev_buf_clear(&x);
	ev_buf_clear(&y);
	return same;
}

struct ev_slice
ev_node_words(const struct ev_node *tree, struct ev_buf *scratch)
{
	struct ev_val val;

	if (tree->kind <= EV_NULL || tree->kind >= EV_OBJECT)
		return (struct ev_slice){ "", 0 };
	val = ev_leaf_val(tree);
	return ev_val_text(&val, scratch);
}

/* Appends a leaf and, behind it, one more byte. */
static void
print_leaf(struct ev_buf *out, const struct ev_node *leaf, char behind)
{
	struct ev_slice raw = ev_leaf_raw(leaf);

	ev_buf_reserve(out, raw.n + 1);
	memcpy(out->p + out->n, raw.p, raw.n);
	out->n += raw.n;
	out->p[out->n++] = behind;
}

void
ev_node_print(const struct ev_node *tree, struct ev_buf *out)
{
	const struct ev_members *m = tree->far.open;
	bool object = tree->kind == EV_OBJECT, any = false;
	uint32_t i;

	if (tree->form != EV_LEAF_OPEN) {
		ev_buf_addslice(out, ev_leaf_raw(tree));
		return;
	}
	ev_buf_addc(out, object ? '{' : '[');
	for (i = 0; i < m->used; i++) {
		if (m->val[i].kind == EV_NONE)
			continue;
		any = true;
		if (object)
			print_leaf(out, &m->key[i], ':');
		if (m->val[i].form != EV_LEAF_OPEN) {
			print_leaf(out, &m->val[i], ',');
			continue;
		}
		ev_node_print(&m->val[i], out);
		ev_buf_addc(out, ',');
	}
	if (any)
		out->n--; /* the last comma */
	ev_buf_addc(out, object ? '}' : ']');
}
