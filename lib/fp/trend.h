/*
 * trend: how often something was, over a time that nobody knows beforehand.
 *
 * All trends of a list have the same buckets; when an event falls outside of
 * them, two and two become one until it does not.
 */
#ifndef EV_FP_TREND_H
#define EV_FP_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define EV_TREND_BUCKETS 12

struct ev_trend {
	uint32_t	count[EV_TREND_BUCKETS];
};

/* Where the buckets are: bucket i holds the seconds from (base + i) << shift
 * on. */
struct ev_trend_scale {
	bool		on;	/* there was an event */
	int64_t		base;
	int64_t		low, high;	/* seconds of events */
	unsigned	shift;
};

/*
 * Makes room for a second.  True: the buckets changed, and ev_trend_rescale is
 * to do the step to each trend.
 */
struct ev_trend_step {
	int64_t		base;		/* as it was */
	unsigned	shift;		/* bits to grow by */
};
bool	ev_trend_fit(struct ev_trend_scale *scale, int64_t second,
	    struct ev_trend_step *step);
void	ev_trend_rescale(struct ev_trend *trend,
	    const struct ev_trend_scale *scale,
	    const struct ev_trend_step *step);

/* Counts an event at a second for which there is room. */
void	ev_trend_add(struct ev_trend *trend,
	    const struct ev_trend_scale *scale, int64_t second);

/* Appends it as a row of bars, its highest bucket the whole height. */
void	ev_trend_draw(const struct ev_trend *trend, bool ascii,
	    struct ev_buf *out);

#endif
