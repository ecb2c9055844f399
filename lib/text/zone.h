/*
 * zone: between moments and what a clock on the wall shows.
 *
 * A wall time is a count of seconds too: those from 1970-01-01 00:00 of the
 * wall to what it shows, every day with 86400 of them.  Day and time of day
 * come from it by division (ev_day_of in text/time.h).
 */
#ifndef EV_TEXT_ZONE_H
#define EV_TEXT_ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct ev_zone {
	bool	local;	/* the zone of TZ or of the system; east is unused */
	long	east;	/* else: seconds east of UTC */
};

/* UTC or the local zone.  A change of TZ counts after tzset(3). */
struct ev_zone ev_zone_of(bool utc);

/* What the wall shows at a moment (seconds since 1970, UTC). */
int64_t	ev_zone_wall(struct ev_zone zone, int64_t sec);

/*
 * The moment at which the wall shows this.  When it does so twice (clocks set
 * back) the first of the two; when never (set forward) the first moment after
 * the gap.
 */
int64_t	ev_zone_moment(struct ev_zone zone, int64_t wall);

#endif
