/*
 * top: the first groups, and all others as one.
 */
#ifndef EV_STATS_TOP_H
#define EV_STATS_TOP_H

#include "stats/aggregate.h"

/*
 * Keeps the first ask.top groups of the table by the order of the rows (with
 * --every those with the most events in all buckets together) and merges the
 * rest into "other"; a->rest is how many these were.  -1: no such column.
 */
int	ev_top_keep(struct ev_aggregated *a, struct ev_err *err);

#endif
