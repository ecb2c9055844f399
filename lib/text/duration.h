/*
 * duration: lengths of time as people type them: 2h, 1d12h, 1.5h, "2 hours".
 */
#ifndef EV_TEXT_DURATION_H
#define EV_TEXT_DURATION_H

#include <stdint.h>
#include <time.h>

#include "base/err.h"
#include "text/zone.h"

/*
 * Months, weeks and days are steps on the calendar; hours and below are exact.
 * A fraction of a day or week beyond whole days is exact hours.
 */
struct ev_duration {
	int64_t	months;
	int64_t	days;
	int64_t	sec;
	int64_t	nsec;		/* 0 .. 999999999 */
};

/*
 * One or more of: number, unit, the whole of text; blanks between are free.
 * Digits after the ninth behind a dot do not count.  1, or 0: this does not
 * begin as a length of time, or -1: it does, but (the message says what).
 */
int	ev_duration_parse(const char *text, struct ev_duration *out,
	    struct ev_err *err);

/*
 * The moment that long before now.  Days and months keep the time on the wall
 * (a month clamps to its last day).  -1: before year 0000.
 */
int	ev_duration_before(const struct ev_duration *length,
	    struct timespec now, struct ev_zone zone, struct timespec *out,
	    struct ev_err *err);

#endif
