#include "fold/tree.h"

#include "base/buf.h"
#include "fold/members.h"
#include "json/quote.h"
#include "json/walk.h"

static struct ev_node
leaf_of(struct ev_slice raw, bool lent)
{
	return lent ? ev_leaf_lend(raw) : ev_leaf_keep(raw);
}

/* Puts a value at a key of an open object; lent: the key's text stays. */
static struct ev_node *
put_member(struct ev_members *m, const struct ev_val *key, struct ev_node val,
    bool lent)
{
	struct ev_buf scratch = EV_BUF_INIT;
	uint32_t i = ev_members_find(m, ev_val_text(key, &scratch));

	ev_buf_clear(&scratch);
	if (i == EV_MEMBERS_NONE) {
		i = ev_members_add(m, leaf_of(ev_val_raw(key), lent), val);
	} else {
		ev_node_clear(&m->val[i]);
		m->val[i] = val;
	}
	return &m->val[i];
}

/* Opens a container.  What becomes of a lent text is lent as well. */
static struct ev_members *
open_text(struct ev_node *tree)
{
	bool lent = tree->form == EV_LEAF_LENT;
	struct ev_val whole, key, val;
	struct ev_node open, each;
	struct ev_walk walk;

	open = ev_node_open(tree->kind);
	whole = ev_leaf_val(tree);
	ev_walk_begin(&walk, &whole);
	while (ev_walk_next(&walk, &key, &val)) {
		each = leaf_of(ev_val_raw(&val), lent);
		if (tree->kind == EV_ARRAY)
			ev_members_add(open.far.open, EV_NODE_NONE, each);
		else
			put_member(open.far.open, &key, each, lent);
	}
	ev_leaf_clear(tree);
	*tree = open;
	return open.far.open;
}

/* The members of a container, NULL of any other value. */
static struct ev_members *
open_up(struct ev_node *tree)
{
	if (tree->kind < EV_OBJECT)
		return NULL;
	return tree->form == EV_LEAF_OPEN ? tree->far.open : open_text(tree);
}

void
ev_tree_reopen(struct ev_node *tree)
{
	struct ev_val whole, key, val;
	struct ev_node open;
	struct ev_walk walk;

	if (tree->form == EV_LEAF_OPEN || tree->form == EV_LEAF_OWN) {
		open_up(tree);
		return;
	}
	open = ev_node_open(EV_OBJECT);
	whole = ev_leaf_val(tree);
	ev_walk_begin(&walk, &whole);
	while (ev_walk_next(&walk, &key, &val)) {
		ev_members_lend(
		    open.far.open, ev_val_raw(&key), ev_val_raw(&val));
	}
	ev_leaf_clear(tree);
	*tree = open;
}

/* The members of a container of this kind, which the tree becomes. */
static struct ev_members *
become(struct ev_node *tree, enum ev_kind kind)
{
	if (tree->kind != kind) {
		ev_node_clear(tree);
		*tree = ev_node_open(kind);
	}
	return open_up(tree);
}

uint32_t
ev_tree_count(struct ev_node *tree)
{
	const struct ev_members *m = open_up(tree);

	return m != NULL ? m->live : 0;
}

struct ev_node *
ev_tree_get(struct ev_node *tree, struct ev_slice name)
{
	struct ev_members *m = tree->kind == EV_OBJECT ? open_up(tree) : NULL;
	uint32_t i = m != NULL ? ev_members_find(m, name) : EV_MEMBERS_NONE;

	return i != EV_MEMBERS_NONE ? &m->val[i] : NULL;
}

struct ev_node *
ev_tree_at(struct ev_node *tree, uint32_t i)
{
	struct ev_members *m = tree->kind == EV_ARRAY ? open_up(tree) : NULL;

	if (m == NULL || i >= m->used)
		return NULL;
	ev_members_changed(m);
	return &m->val[i];
}

bool
ev_tree_holds(struct ev_node *tree, const struct ev_node *val)
{
	struct ev_members *m = tree->kind == EV_ARRAY ? open_up(tree) : NULL;

	return m != NULL &&
	    ev_members_holding(m, val, ev_node_hash, ev_node_same) !=
	    EV_MEMBERS_NONE;
}

struct ev_node *
ev_tree_next(struct ev_node *tree, uint32_t *at, struct ev_node *key)
{
	struct ev_members *m = open_up(tree);
	uint32_t i;

	if (m != NULL && *at == 0)
		ev_members_changed(m);
	while (m != NULL && (i = *at) < m->used) {
		++*at;
		if (m->val[i].kind == EV_NONE)
			continue;
		if (key != NULL)
			*key = m->key != NULL ? m->key[i] : EV_NODE_NONE;
		return &m->val[i];
	}
	return NULL;
}

struct ev_node *
ev_tree_put(struct ev_node *tree, struct ev_slice name, struct ev_node val)
{
	struct ev_members *m = become(tree, EV_OBJECT);
	uint32_t i = ev_members_find(m, name);

	if (i == EV_MEMBERS_NONE) {
		i = ev_members_add(m, ev_node_text(name), val);
	} else {
		ev_node_clear(&m->val[i]);
		m->val[i] = val;
	}
	return &m->val[i];
}

struct ev_node *
ev_tree_put_key(
    struct ev_node *tree, const struct ev_val *key, struct ev_node val)
{
	return put_member(become(tree, EV_OBJECT), key, val, false);
}

struct ev_node *
ev_tree_push(struct ev_node *tree, struct ev_node val)
{
	struct ev_members *m = become(tree, EV_ARRAY);

	return &m->val[ev_members_add(m, EV_NODE_NONE, val)];
}

static bool
drop(struct ev_members *m, uint32_t i)
{
	struct ev_node val;

	if (i == EV_MEMBERS_NONE || i >= m->used)
		return false;
	val = ev_members_take(m, i);
	ev_node_clear(&val);
	return true;
}

bool
ev_tree_drop(struct ev_node *tree, struct ev_slice name)
{
	struct ev_members *m = tree->kind == EV_OBJECT ? open_up(tree) : NULL;

	return m != NULL && drop(m, ev_members_find(m, name));
}

bool
ev_tree_drop_at(struct ev_node *tree, uint32_t i)
{
	struct ev_members *m = tree->kind == EV_ARRAY ? open_up(tree) : NULL;

	return m != NULL && drop(m, i);
}

bool
ev_tree_rename(struct ev_node *tree, struct ev_slice from, struct ev_slice to)
{
	struct ev_members *m = tree->kind == EV_OBJECT ? open_up(tree) : NULL;
	uint32_t i = m != NULL ? ev_members_find(m, from) : EV_MEMBERS_NONE;

	if (i == EV_MEMBERS_NONE)
		return false;
	if (ev_slice_eq(from, to))
		return true;
	drop(m, ev_members_find(m, to));
	ev_members_rename(m, ev_members_find(m, from), ev_node_text(to));
	return true;
}
