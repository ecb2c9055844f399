/*
 * list: the groups that were asked for, as a table (3-commands 3.7).
 */
#ifndef EV_FP_LIST_H
#define EV_FP_LIST_H

#include <stdbool.h>

#include "fp/group.h"
#include "grid/grid.h"

struct ev_list_pick {
	bool	fresh;		/* first seen in the groups' period */
	bool	gone;		/* seen before the period, not in it */
	bool	regressed;	/* and, with a period, seen in it */
	const struct ev_groups *baseline;	/* not in these; NULL: any */
	bool	ascii;		/* the bars of trends */
};

/*
 * Fills a grid: fingerprint, count, first, last, sessions, severity, type,
 * message, status (open, resolved, regressed), and the trend when the groups
 * have them; by count, the greatest first, then by fingerprint.  Any of fresh,
 * gone and regressed is enough.  Gives the rows.
 */
size_t	ev_list_fill(struct ev_grid *grid, const struct ev_groups *groups,
	    const struct ev_list_pick *pick);

#endif
