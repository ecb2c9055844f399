#include "tree/select.h"

static bool
is_event(const struct ev_forest *forest, uint32_t node)
{
	return node < forest->events &&
	    (forest->node[node].flags & EV_FOREST_SAME) == 0;
}

/* The node after `node` in the subtree of top, parents first; or none. */
static uint32_t
next_below(const struct ev_forest *forest, uint32_t node, uint32_t top)
{
	if (forest->node[node].child != EV_FOREST_NONE)
		return forest->node[node].child;
	while (node != top) {
		if (forest->node[node].next != EV_FOREST_NONE)
			return forest->node[node].next;
		node = forest->node[node].up;
	}
	return EV_FOREST_NONE;
}

/* Marks the nodes that the walk goes over: BUSY. */
static void
mark_down(struct ev_forest *forest, uint32_t top)
{
	uint32_t node;

	for (node = top; node != EV_FOREST_NONE;
	     node = next_below(forest, node, top))
		forest->node[node].flags |= EV_FOREST_BUSY;
}

static void
mark_up(struct ev_forest *forest, uint32_t from, uint32_t top)
{
	uint32_t node = from;

	while (node != EV_FOREST_NONE) {
		forest->node[node].flags |= EV_FOREST_BUSY;
		if (node == top)
			break;
		node = forest->node[node].up;
	}
}

static void
mark_all(struct ev_forest *forest)
{
	uint32_t i;

	for (i = 0; i < forest->count; i++)
		forest->node[i].flags |= EV_FOREST_BUSY;
}

/* The lowest node that is above both, or is one of them. */
static uint32_t
common(struct ev_forest *forest, uint32_t a, uint32_t b)
{
	uint32_t node, found = b;

	mark_up(forest, a, EV_FOREST_NONE);
	while (found != EV_FOREST_NONE &&
	    (forest->node[found].flags & EV_FOREST_BUSY) == 0)
		found = forest->node[found].up;
	for (node = a; node != EV_FOREST_NONE; node = forest->node[node].up)
		forest->node[node].flags &= ~(unsigned)EV_FOREST_BUSY;
	return found;
}

/* Marks the walk; gives the node that is its only root, or none. */
static uint32_t
mark(struct ev_forest *forest, enum ev_walk_kind kind, uint32_t a, uint32_t b)
{
	uint32_t top;

	switch (kind) {
	case EV_WALK_ALL:
		mark_all(forest);
		break;
	case EV_WALK_UP:
		mark_up(forest, a, EV_FOREST_NONE);
		break;
	case EV_WALK_DOWN:
		mark_down(forest, a);
		return a;
	case EV_WALK_COMMON:
		top = common(forest, a, b);
		if (top == EV_FOREST_NONE)
			break;
		mark_up(forest, a, top);
		mark_up(forest, b, top);
		return top;
	}
	return EV_FOREST_NONE;
}

/* Is a node shown for its own sake?  An id that no event has is, where the walk
 * goes up from it: nothing else would be shown. */
static bool
is_match(const struct ev_forest *forest, uint32_t node, uint32_t from)
{
	unsigned flags = forest->node[node].flags;

	if ((flags & EV_FOREST_BUSY) == 0)
		return false;
	if (node == from && (flags & EV_FOREST_MISSING) != 0)
		return true;
	return is_event(forest, node) && (flags & EV_FOREST_MATCH) != 0;
}

/* The next kept node from `node` on, along its brothers; or none. */
static uint32_t
kept(const struct ev_forest *forest, uint32_t node)
{
	while (node != EV_FOREST_NONE &&
	    (forest->node[node].flags & EV_FOREST_KEEP) == 0)
		node = forest->node[node].next;
	return node;
}

/* Takes out what is not kept. */
static void
prune(struct ev_forest *forest)
{
	struct ev_forest_node *node = forest->node, *end = node + forest->count;

	forest->first = kept(forest, forest->first);
	for (; node < end; node++) {
		if ((node->flags & EV_FOREST_KEEP) == 0)
			continue;
		node->child = kept(forest, node->child);
		node->next = kept(forest, node->next);
	}
}

uint32_t
ev_forest_select(
    struct ev_forest *forest, enum ev_walk_kind kind, uint32_t a, uint32_t b)
{
	uint32_t top = mark(forest, kind, a, b), i, node, count = 0;
	uint32_t from = kind == EV_WALK_DOWN ? EV_FOREST_NONE : a;
	struct ev_forest_node *n;

	if (kind == EV_WALK_COMMON && top == EV_FOREST_NONE) {
		forest->first = EV_FOREST_NONE;
		return 0;
	}
	for (i = 0; i < forest->count; i++) {
		if (!is_match(forest, i, from))
			continue;
		count++;
		for (node = i; node != EV_FOREST_NONE; node = n->up) {
			n = &forest->node[node];
			if ((n->flags & EV_FOREST_KEEP) != 0 ||
			    (n->flags & EV_FOREST_BUSY) == 0)
				break;
			n->flags |= EV_FOREST_KEEP;
		}
	}
	for (i = 0; i < forest->count; i++)
		forest->node[i].flags &= ~(unsigned)EV_FOREST_BUSY;
	if (top != EV_FOREST_NONE) {
		forest->node[top].up = EV_FOREST_NONE;
		forest->node[top].next = EV_FOREST_NONE;
		forest->first = top;
	}
	prune(forest);
	return count;
}
