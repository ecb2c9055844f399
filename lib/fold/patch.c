#include "fold/patch.h"

#include "base/buf.h"
#include "json/quote.h"

/* Puts a value of `from`, which loses it, under its key. */
static void
move(struct ev_node *tree, const struct ev_node *key, struct ev_node *val)
{
	struct ev_val name = ev_leaf_val(key);

	ev_tree_put_key(tree, &name, *val);
	*val = EV_NODE_NONE;
}

void
ev_patch_merge(struct ev_node *tree, struct ev_node changes)
{
	struct ev_node key, *val;
	uint32_t at = 0;

	while (changes.kind == EV_OBJECT &&
	    (val = ev_tree_next(&changes, &at, &key)) != NULL)
		move(tree, &key, val);
	ev_node_clear(&changes);
}

void
ev_patch_apply(struct ev_node *tree, struct ev_node patch)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node key, *val, *old, made;
	struct ev_slice name;
	uint32_t at = 0;

	if (patch.kind != EV_OBJECT) {
		ev_node_clear(tree);
		*tree = patch;
		return;
	}
	if (tree->kind != EV_OBJECT) {
		ev_node_clear(tree);
		*tree = ev_node_open(EV_OBJECT);
	}
	while ((val = ev_tree_next(&patch, &at, &key)) != NULL) {
		name = ev_node_words(&key, &scratch);
		old = ev_tree_get(tree, name);
		if (val->kind == EV_NULL) {
			ev_tree_drop(tree, name);
			continue;
		}
		if (old != NULL) {
			ev_patch_apply(old, *val);
			*val = EV_NODE_NONE;
			continue;
		}
		/* what stands nowhere yet loses the nulls inside it, too */
		made = EV_NODE_NONE;
		ev_patch_apply(&made, *val);
		*val = made;
		move(tree, &key, val);
	}
	ev_node_clear(&patch);
	ev_buf_clear(&scratch);
}

static void
put_copy(struct ev_node *tree, const struct ev_node *key, struct ev_node val)
{
	struct ev_val name = ev_leaf_val(key);

	if (tree->kind == EV_NONE)
		*tree = ev_node_open(EV_OBJECT);
	ev_tree_put_key(tree, &name, val);
}

/* What must go from a. */
static void
note_gone(struct ev_node *a, struct ev_node *b, struct ev_node *patch)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node key;
	uint32_t at = 0;

	while (ev_tree_next(a, &at, &key) != NULL)
		if (ev_tree_get(b, ev_node_words(&key, &scratch)) == NULL)
			put_copy(patch, &key, ev_node_word(EV_NULL));
	ev_buf_clear(&scratch);
}

struct ev_node
ev_patch_between(struct ev_node *a, struct ev_node *b)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_node patch = EV_NODE_NONE, key, *val, *old, inner;
	uint32_t at = 0;

	if (ev_node_same(a, b))
		return patch;
	if (a->kind != EV_OBJECT || b->kind != EV_OBJECT)
		return ev_node_copy(b);
	note_gone(a, b, &patch);
	while ((val = ev_tree_next(b, &at, &key)) != NULL) {
		old = ev_tree_get(a, ev_node_words(&key, &scratch));
		if (old == NULL && val->kind == EV_NULL)
			continue;
		inner = old != NULL ? ev_patch_between(old, val) :
				      ev_node_copy(val);
		if (inner.kind != EV_NONE)
			put_copy(&patch, &key, inner);
	}
	ev_buf_clear(&scratch);
	return patch;
}

/* A name that cannot be taken for anything else on its line. */
static bool
plain(struct ev_slice name)
{
	size_t i;

	for (i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] <= ' ' || name.p[i] == '"' ||
		    (unsigned char)name.p[i] >= 0x7f)
			return false;
	return true;
}

static void
line(struct ev_buf *out, char sign, struct ev_slice name,
    const struct ev_node *val)
{
	if (val == NULL)
		return;
	ev_buf_addc(out, sign);
	if (plain(name))
		ev_buf_addslice(out, name);
	else
		ev_quote(out, name);
	if (name.n > 0)
		ev_buf_addc(out, ' ');
	ev_node_print(val, out);
	ev_buf_addc(out, '\n');
}

/* name and one key more, as a path is written. */
static void
longer(struct ev_buf *path, struct ev_slice name, struct ev_slice key)
{
	size_t i;

	ev_buf_addslice(path, name);
	if (name.n > 0)
		ev_buf_addc(path, '.');
	for (i = 0; i < key.n; i++) {
		if (key.p[i] == '.' || key.p[i] == '[' || key.p[i] == '\\')
			ev_buf_addc(path, '\\');
		ev_buf_addc(path, key.p[i]);
	}
}

static void compare(struct ev_node *a, struct ev_node *b, struct ev_slice name,
    struct ev_buf *out);

/* The members of `of`, compared with those of `other`; when b is given only
 * those that a lacks. */
static void
compare_members(struct ev_node *a, struct ev_node *b, struct ev_slice name,
    bool added, struct ev_buf *out)
{
	struct ev_buf scratch = EV_BUF_INIT, path = EV_BUF_INIT;
	struct ev_node key, *val, *other;
	struct ev_slice text;
	uint32_t at = 0;

	while ((val = ev_tree_next(added ? b : a, &at, &key)) != NULL) {
		text = ev_node_words(&key, &scratch);
		other = ev_tree_get(added ? a : b, text);
		if (added && other != NULL)
			continue;
		ev_buf_reset(&path);
		longer(&path, name, text);
		compare(added ? NULL : val, added ? val : other,
		    ev_buf_slice(&path), out);
	}
	ev_buf_clear(&scratch);
	ev_buf_clear(&path);
}

static void
compare(struct ev_node *a, struct ev_node *b, struct ev_slice name,
    struct ev_buf *out)
{
	if (a != NULL && b != NULL) {
		if (ev_node_same(a, b))
			return;
		if (a->kind == EV_OBJECT && b->kind == EV_OBJECT) {
			compare_members(a, b, name, false, out);
			compare_members(a, b, name, true, out);
			return;
		}
	}
	line(out, '-', name, a);
	line(out, '+', name, b);
}

void
ev_patch_lines(struct ev_node *a, struct ev_node *b, struct ev_slice name,
    struct ev_buf *out)
{
	compare(a->kind != EV_NONE ? a : NULL, b->kind != EV_NONE ? b : NULL,
	    name, out);
}
