/*
 * sort: the rows of a grid in another order.
 */
#ifndef EV_GRID_SORT_H
#define EV_GRID_SORT_H

#include "base/err.h"
#include "grid/grid.h"

/*
 * Sorts by a comma list of columns, the first one first; "-" before a name:
 * greatest first.  Cells without a value come last either way; rows that are
 * equal by all of them stay as they are.  -1: there is no such column.
 */
int	ev_grid_sort(struct ev_grid *grid, const char *keys,
	    struct ev_err *err);

#endif
