/*
 * link: from events that name their parents to trees (4-views 4.4).
 *
 * Every event stands in one place: below its parent, else as a root; children
 * and roots in the forest's order.  A parent that no event has is a root
 * without an event.  What came of itself is cut at the earliest event of the
 * circle.  Records that share an id with an earlier one and are not its bytes
 * are leaves below that.
 */
#ifndef EV_TREE_LINK_H
#define EV_TREE_LINK_H

#include "base/err.h"
#include "input/again.h"
#include "tree/forest.h"

/* When all events were added and the order is known.  again: their lines.  -1:
 * one could not be read. */
int	ev_forest_link(struct ev_forest *forest, struct ev_again *again,
	    struct ev_err *err);

/*
 * The same, but the roots are groups: below each the events that have it, below
 * their parents when these have it too.  Events without a group stand below
 * one whose text is `none`.
 */
int	ev_forest_group(struct ev_forest *forest, struct ev_again *again,
	    const char *none, struct ev_err *err);

#endif
