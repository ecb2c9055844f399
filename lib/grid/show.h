/*
 * show: a cell as people read it, and the measure that a grid's chart draws.
 */
#ifndef EV_GRID_SHOW_H
#define EV_GRID_SHOW_H

#include <stdbool.h>

#include "base/buf.h"
#include "grid/grid.h"

/*
 * Appends a cell: a ratio as per cent, a duration as "1d 2h", a number with
 * four digits where it has more and a dot, a list with commas, "-" for
 * null, all else as ev_grid_plain.  Not escaped: it may hold anything.
 */
void	ev_grid_show(const struct ev_grid *grid, size_t row, size_t column,
	    struct ev_buf *out);

/* Do the values of a column stand on the right? */
bool	ev_grid_is_number(const struct ev_grid *grid, size_t column);

/*
 * The chart of a grid with AUTO resolved: a line when a time and one measure are
 * all, else bars, none without a measure or rows.
 */
enum ev_grid_chart ev_grid_chart_of(const struct ev_grid *grid);
/* The column that it draws, or -1. */
int	ev_grid_measure_of(const struct ev_grid *grid);
/* The greatest value of a column, 0 when there is none above. */
double	ev_grid_greatest(const struct ev_grid *grid, size_t column);

/* Appends what names a row: the cells of its groups, with blanks between. */
void	ev_grid_label(const struct ev_grid *grid, size_t row,
	    struct ev_buf *out);

/* Appends "no events", for which report when it is to be named, and in which
 * stretch of time: a log may be full of others. */
void	ev_grid_none(const struct ev_grid *grid, bool named,
	    struct ev_buf *out);

#endif
