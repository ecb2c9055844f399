/*
 * pen: what the charts of grid/chart draw with.
 */
#ifndef EV_GRID_PEN_H
#define EV_GRID_PEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "grid/grid.h"

#define EV_PEN_LABEL 28		/* terminal columns of a label */

struct ev_pen {
	const struct ev_grid	*grid;
	struct ev_buf		*out;
	unsigned		 top;	/* pixels above the chart */
	int			 measure, other; /* columns; -1: none */
	double			 greatest;
};

/* The value of a cell, 0 where it has none; *has (may be NULL): whether it
 * has one. */
double	ev_pen_value(const struct ev_pen *pen, size_t row, int column,
	    bool *has);
/* A value as a part of the greatest, 0 to 1. */
double	ev_pen_part(const struct ev_pen *pen, double value);

/* Append what names a row, cut; a cell as people read it; and both as a
 * <title>, which a pointer shows. */
void	ev_pen_label(const struct ev_pen *pen, size_t row, size_t cells);
void	ev_pen_shown(const struct ev_pen *pen, size_t row, int column);
void	ev_pen_hint(const struct ev_pen *pen, size_t row, int column);

/* The charts, with their heights in pixels. */
#define EV_PLOT_HEIGHT 196
void	ev_plot_draw(const struct ev_pen *pen);
unsigned ev_bubbles_height(const struct ev_grid *grid);
void	ev_bubbles_draw(const struct ev_pen *pen);

#endif
