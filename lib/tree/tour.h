/*
 * tour: the nodes of a forest from the roots down, each once on the way
 * in and once on the way out.
 *
 *	struct ev_tour tour;
 *	ev_tour_begin(&tour, forest, most);
 *	while (ev_tour_next(&tour))
 *		…
 */
#ifndef EV_TREE_TOUR_H
#define EV_TREE_TOUR_H

#include "tree/forest.h"

struct ev_tour {
	const struct ev_forest	*forest;
	uint32_t		 most;	/* depth; EV_FOREST_NONE: any */
	uint32_t		 node;
	uint32_t		 depth;	/* 0: a root */
	bool			 leaving;
	bool			 last;	/* on the way in: of its brothers */
	bool			 begun;
	/* On the way in, nodes that stand below one at the greatest
	 * depth. */
	uint32_t		 hidden;
};

void	ev_tour_begin(struct ev_tour *tour, const struct ev_forest *forest,
	    uint32_t most);
/* False: all were there. */
bool	ev_tour_next(struct ev_tour *tour);

#endif
