/*
 * select: which nodes are shown.
 *
 * What is kept is a tree itself: with a node all that it came from is kept, up
 * to the root or to where the walk begins.
 */
#ifndef EV_TREE_SELECT_H
#define EV_TREE_SELECT_H

#include "tree/forest.h"

enum ev_walk_kind {
	EV_WALK_ALL,
	EV_WALK_UP,	/* a node and what it came from */
	EV_WALK_DOWN,	/* a node and what came of it */
	EV_WALK_COMMON	/* what two nodes have come from last, and the way from
			 * there to each */
};

/*
 * Marks the nodes of the walk from a (and b) that match, or that stand above
 * one of it that does (EV_FOREST_KEEP), makes what is at the top the roots, and
 * takes all others out.  Gives how many events match; nothing in common: 0.
 */
uint32_t ev_forest_select(struct ev_forest *forest, enum ev_walk_kind kind,
	    uint32_t a, uint32_t b);

#endif
