#include "tree/tour.h"

void
ev_tour_begin(
    struct ev_tour *tour, const struct ev_forest *forest, uint32_t most)
{
	*tour = (struct ev_tour){ .forest = forest, .most = most };
}

/* How many nodes there are below one. */
static uint32_t
count_below(const struct ev_forest *forest, uint32_t top)
{
	const struct ev_forest_node *node = forest->node;
	uint32_t at = node[top].child, next, count = 0;

	while (at != EV_FOREST_NONE) {
		count++;
		next = node[at].child;
		while (next == EV_FOREST_NONE && at != top) {
			next = node[at].next;
			at = node[at].up;
		}
		at = next;
	}
	return count;
}

static bool
enter(struct ev_tour *tour, uint32_t node)
{
	const struct ev_forest *forest = tour->forest;

	/* one of them comes next, mostly: each stands somewhere else */
	__builtin_prefetch(&forest->node[forest->node[node].child]);
	__builtin_prefetch(&forest->node[forest->node[node].next]);
	tour->node = node;
	tour->leaving = false;
	tour->last = forest->node[node].next == EV_FOREST_NONE;
	tour->hidden =
	    tour->depth == tour->most ? count_below(forest, node) : 0;
	return true;
}

bool
ev_tour_next(struct ev_tour *tour)
{
	const struct ev_forest *forest = tour->forest;
	const struct ev_forest_node *node = &forest->node[tour->node];
	uint32_t next;

	if (!tour->begun) {
		tour->begun = true;
		next = forest->first;
		return next != EV_FOREST_NONE && enter(tour, next);
	}
	if (!tour->leaving) {
		next = tour->depth == tour->most ? EV_FOREST_NONE : node->child;
		if (next != EV_FOREST_NONE) {
			tour->depth++;
			return enter(tour, next);
		}
		tour->leaving = true;
		return true;
	}
	next = node->next;
	if (next != EV_FOREST_NONE)
		return enter(tour, next);
	if (tour->depth == 0)
		return false;
	tour->depth--;
	tour->node = node->up;
	return true;
}
