/*
 * spans: the rows of buckets of time, empty ones too, and rolling windows.
 */
#ifndef EV_STATS_SPANS_H
#define EV_STATS_SPANS_H

#include "stats/aggregate.h"

#define EV_ROWS_MOST 1000000

/*
 * The rows of each bucket: from the first to the last in which there are
 * events, or from and to the bounds of the filter; in each the groups of all
 * of them.  -1: over EV_ROWS_MOST rows.
 */
int	ev_spans_rows(struct ev_aggregated *a, struct ev_grid *grid,
	    struct ev_err *err);

#endif
