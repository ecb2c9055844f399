/*
 * times: the stretch of time that a filter takes.
 */
#ifndef EV_FILTER_TIMES_H
#define EV_FILTER_TIMES_H

#include "base/err.h"
#include "event/event.h"
#include "filter/options.h"

/*
 * Narrows the bounds to what --since, --until and --in gave; they meet in their
 * intersection.  utc: times without a zone are UTC.  -1: which option, what is
 * wrong.
 */
int	ev_filter_compile_times(struct ev_filter *filter, bool utc,
	    struct ev_err *err);

/* Whether the event is within the bounds; one without a time only when there
 * are none. */
bool	ev_filter_match_times(const struct ev_filter *filter,
	    struct ev_event *ev);

#endif
