/*
 * rows: what was aggregated, as a grid.
 *
 * Columns: the bucket's beginning (time) with --every, the fields, the
 * measures, the ratios, and with --vs count_previous and change.  Rows by
 * bucket, then by count, the greatest first, then by the group's bytes; the
 * group "other" comes last.
 */
#ifndef EV_STATS_ROWS_H
#define EV_STATS_ROWS_H

#include "stats/aggregate.h"

/*
 * Merges what --top leaves out into "other" (so a is no more to be added to),
 * adds empty buckets, sorts.  -1: no such column to sort by, or too many rows.
 */
int	ev_aggregated_finish(struct ev_aggregated *a, struct ev_grid *grid,
	    struct ev_err *err);

#endif
