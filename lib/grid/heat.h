/*
 * heat: a heat map of characters.
 */
#ifndef EV_GRID_HEAT_H
#define EV_GRID_HEAT_H

#include "base/buf.h"
#include "grid/grid.h"
#include "grid/print.h"

/* Appends a line of what it is, and a line for each row: its name, and a shade
 * for each column behind the first; of many columns the last ones. */
void	ev_heat_draw(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);

#endif
