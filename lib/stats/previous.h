/*
 * previous: the period before the one that is looked at (--vs previous).
 */
#ifndef EV_STATS_PREVIOUS_H
#define EV_STATS_PREVIOUS_H

#include "base/err.h"
#include "filter/filter.h"

/*
 * Makes a compiled filter let the period before its own pass too, and gives
 * where the second of the two begins.  The first is as long as it; before whole
 * days or months of the calendar it is as many of these.  Without an upper
 * bound the period ends at now.  -1: the filter has no lower bound.
 */
int	ev_previous_open(struct ev_filter *filter, struct timespec now,
	    bool utc, struct timespec *turn, struct ev_err *err);

#endif
