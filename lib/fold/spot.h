/*
 * spot: a place in a tree, by its path (json/path.h, object keys only).
 *
 * The empty path is the tree itself.
 */
#ifndef EV_FOLD_SPOT_H
#define EV_FOLD_SPOT_H

#include <stdbool.h>

#include "base/err.h"
#include "fold/tree.h"
#include "json/path.h"

/* As ev_path_parse; -1 also for a path with "[]" in it. */
int	ev_spot_parse(struct ev_path *path, struct ev_slice text,
	    struct ev_err *err);

/* The value there, or NULL. */
struct ev_node *ev_spot_find(struct ev_node *tree, const struct ev_path *path);
/* The same, made as EV_NODE_NONE when it is not there, objects on the way too
 * (what is no object on the way is replaced by one); the caller must fill it. */
struct ev_node *ev_spot_make(struct ev_node *tree, const struct ev_path *path);
/* Puts a value there, which the tree owns from then on. */
void	ev_spot_put(struct ev_node *tree, const struct ev_path *path,
	    struct ev_node val);
/* Removes the member there; false when there is none (or the path is empty). */
bool	ev_spot_drop(struct ev_node *tree, const struct ev_path *path);
/* Gives the member there another key; false when there is none. */
bool	ev_spot_rename(struct ev_node *tree, const struct ev_path *path,
	    struct ev_slice key);

#endif
