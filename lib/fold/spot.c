#include "fold/spot.h"

int
ev_spot_parse(struct ev_path *path, struct ev_slice text, struct ev_err *err)
{
	size_t i;

	if (ev_path_parse(path, text, err) == -1)
		return -1;
	for (i = 0; i < path->count; i++) {
		if (path->step[i].key != NULL)
			continue;
		ev_path_clear(path);
		return ev_fail(err, "path '%.*s': no place in a state",
		    (int)text.n, text.p);
	}
	return 0;
}

static struct ev_slice
key_of(const struct ev_step *step)
{
	return (struct ev_slice){ step->key, step->n };
}

/* The value at the first `count` steps. */
static struct ev_node *
find(struct ev_node *tree, const struct ev_path *path, size_t count)
{
	size_t i;

	for (i = 0; i < count && tree != NULL; i++)
		tree = ev_tree_get(tree, key_of(&path->step[i]));
	return tree;
}

struct ev_node *
ev_spot_find(struct ev_node *tree, const struct ev_path *path)
{
	return find(tree, path, path->count);
}

struct ev_node *
ev_spot_make(struct ev_node *tree, const struct ev_path *path)
{
	struct ev_node *next;
	size_t i;

	for (i = 0; i < path->count; i++) {
		next = ev_tree_get(tree, key_of(&path->step[i]));
		if (next == NULL)
			next = ev_tree_put(
			    tree, key_of(&path->step[i]), EV_NODE_NONE);
		tree = next;
	}
	return tree;
}

void
ev_spot_put(
    struct ev_node *tree, const struct ev_path *path, struct ev_node val)
{
	tree = ev_spot_make(tree, path);
	ev_node_clear(tree);
	*tree = val;
}

bool
ev_spot_drop(struct ev_node *tree, const struct ev_path *path)
{
	if (path->count == 0)
		return false;
	tree = find(tree, path, path->count - 1);
	return tree != NULL &&
	    ev_tree_drop(tree, key_of(&path->step[path->count - 1]));
}

bool
ev_spot_rename(
    struct ev_node *tree, const struct ev_path *path, struct ev_slice key)
{
	if (path->count == 0)
		return false;
	tree = find(tree, path, path->count - 1);
	return tree != NULL &&
	    ev_tree_rename(tree, key_of(&path->step[path->count - 1]), key);
}
