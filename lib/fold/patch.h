/*
 * patch: one state changed by another.
 */
#ifndef EV_FOLD_PATCH_H
#define EV_FOLD_PATCH_H

#include "fold/tree.h"

/* Replaces or adds the top-level members of changes; null is a value like any
 * other.  What is no object changes nothing.  changes is used up. */
void	ev_patch_merge(struct ev_node *tree, struct ev_node changes);

/* JSON merge patch (RFC 7396): objects merge at all levels, null removes,
 * anything else replaces.  patch is used up. */
void	ev_patch_apply(struct ev_node *tree, struct ev_node patch);

/*
 * The merge patch that makes b of a: EV_NODE_NONE when they are the same.  A
 * null that stands in b cannot be said by a merge patch: it is left out where
 * a has no such member, else it removes it.
 */
struct ev_node ev_patch_between(struct ev_node *a, struct ev_node *b);

/*
 * Appends the difference as lines: for every value that stands in one of them
 * only or differs "-NAME VALUE" and then "+NAME VALUE", NAME being name and the
 * path below it (json/path.h), VALUE its JSON; objects that stand in both are
 * compared member by member, arrays as a whole.  name may be empty; a NAME with
 * other than printable ASCII in it is quoted (json/quote.h).
 */
void	ev_patch_lines(struct ev_node *a, struct ev_node *b,
	    struct ev_slice name, struct ev_buf *out);

#endif
