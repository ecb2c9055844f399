/*
 * collect: what is kept of the values of one field in one group, so that
 * measures can be computed of it; each kind is mergeable.
 */
#ifndef EV_STATS_COLLECT_H
#define EV_STATS_COLLECT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "stats/best.h"
#include "stats/distinct.h"
#include "stats/field.h"
#include "stats/sketch.h"
#include "stats/spread.h"
#include "stats/sum.h"

enum ev_collect {
	EV_COLLECT_SUM, EV_COLLECT_SPREAD, EV_COLLECT_SKETCH,
	EV_COLLECT_DISTINCT, EV_COLLECT_TIMES, EV_COLLECT_MIN,
	EV_COLLECT_MAX, EV_COLLECT_FIRST, EV_COLLECT_LAST
};

struct ev_collector {
	enum ev_collect	 what;
	struct ev_field	 field;
};

/* The earliest and the latest time of some events. */
struct ev_times {
	bool		any;
	struct timespec	first, last;
};

/* What is collected, of one group; all zeros: nothing yet. */
union ev_acc {
	struct ev_sum		 sum;
	struct ev_times		 times;
	struct ev_spread	*spread;
	struct ev_sketch	*sketch;
	struct ev_distinct	*distinct;
	struct ev_best		*best;
	uint64_t		 pair[2]; /* of a ratio, no collector's */
};

/* An event and what its worker needs to read it. */
struct ev_collecting {
	struct ev_event		*ev;
	struct ev_stand		 stand;	/* for first and last */
	struct ev_buf		 scratch, text;
};

void	ev_times_note(struct ev_times *times, struct timespec time);
void	ev_times_merge(struct ev_times *times, const struct ev_times *more);

/* Adds the event's values; one that is missing, null, or no number where
 * numbers are collected, is left out. */
void	ev_collect(const struct ev_collector *collector, union ev_acc *acc,
	    struct ev_collecting *from);
void	ev_collect_merge(const struct ev_collector *collector,
	    union ev_acc *acc, const union ev_acc *more);
void	ev_collect_free(const struct ev_collector *collector,
	    union ev_acc *acc);

/* A JSON value, and adding one: -1 when it is none of ours. */
void	ev_collect_save(const struct ev_collector *collector,
	    const union ev_acc *acc, struct ev_buf *out);
int	ev_collect_load(const struct ev_collector *collector,
	    union ev_acc *acc, const struct ev_val *val, struct ev_err *err);

#endif
