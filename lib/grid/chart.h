/*
 * chart: a grid drawn as SVG.
 *
 * Widths are parts of the place that the chart is given, heights and letters
 * are in pixels: so a chart is as readable on a telephone as on a desk.  The
 * colours are classes of grid/style.
 */
#ifndef EV_GRID_CHART_H
#define EV_GRID_CHART_H

#include <stdbool.h>

#include "base/buf.h"
#include "grid/grid.h"

/* The height of a grid's chart in pixels; 0: it has none. */
unsigned ev_chart_height(const struct ev_grid *grid);

/* Appends the elements of the chart, `top` pixels below the top of an <svg>
 * that is there already; nothing when it has none. */
void	ev_chart_draw(const struct ev_grid *grid, unsigned top,
	    struct ev_buf *out);

/* What a chart shows, for its label: "event_count by archetype". */
void	ev_chart_title(const struct ev_grid *grid, struct ev_buf *out);

#endif
