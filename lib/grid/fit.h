/*
 * fit: which columns of a table a page has room for, and how much of each.
 */
#ifndef EV_GRID_FIT_H
#define EV_GRID_FIT_H

#include "grid/grid.h"

#define EV_GRID_BETWEEN 2	/* terminal columns between two cells */

struct ev_grid_fit {
	size_t	*width;		/* terminal columns of each column */
	size_t	*most;		/* of its cells, 0: no limit */
	bool	*left;		/* it is left out */
};

/* Zeros for that many columns; until clear. */
void	ev_grid_fit_init(struct ev_grid_fit *fit, size_t columns);
void	ev_grid_fit_clear(struct ev_grid_fit *fit);

/*
 * Leaves out columns that are spare, then cuts texts, until `page` terminal
 * columns (0: any number) hold the table.  used: what the widths take, with
 * EV_GRID_BETWEEN behind each column.  Gives what is used then; that can be
 * more than the page.
 */
size_t	ev_grid_fit(const struct ev_grid *grid, struct ev_grid_fit *fit,
	    size_t used, size_t page);

#endif
