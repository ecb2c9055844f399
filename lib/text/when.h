/*
 * when: times, periods and durations as people type them (1-events 1.3).
 */
#ifndef EV_TEXT_WHEN_H
#define EV_TEXT_WHEN_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"

/*
 * A moment: 2026-01-06[( |T)10:30[:00[.5]][Z|+hh:mm]], 10:30, now, today,
 * yesterday, tomorrow, [last] tuesday (a clock time may follow each day), 2h,
 * 1d12h, "2 hours ago", -2h, @1709856000[.5], 2026-W02[-3], 2026-01.  Words in
 * any case.
 *
 * A duration means that long before now: months, weeks and days back on the
 * calendar of the zone at the same time of day (a month clamps to its last
 * day), hours and below exactly.  A date means its first moment, a clock time
 * alone today's.  A weekday is the latest one, today included, "last" before
 * it leaves today out.  Without Z or offset the zone is local, or UTC with
 * utc; a local time that does not exist (clocks set forward) is the first
 * moment after the gap, of two with one name it is the first.
 *
 * -1: not one of these, or outside the years 0000 to 9999; the message names
 * the nearest form that would do.
 */
int	ev_when_parse(const char *text, struct timespec now, bool utc,
	    struct timespec *out, struct ev_err *err);

/*
 * A period, half open: today, yesterday, tomorrow, a date, 2026-W02[-3],
 * 2026-01, 2026, [last] tuesday, this-week, last-week (from Monday on),
 * this-month, last-month, this-year, last-year; 7d: from seven days before now
 * to now and one nanosecond, so that what happens just now is in it; T1..T2:
 * two moments of ev_when_parse, the first before the second.
 */
int	ev_when_period(const char *text, struct timespec now, bool utc,
	    struct timespec *from, struct timespec *to, struct ev_err *err);

/*
 * A length of time: number + ms, s, m, h, d, w, mo (or words: hours),
 * combinable (1d12h, 1.5h), or 0.  Gives milliseconds, rounded down; a day
 * counts 24 hours and a month 30 days here.  Never negative.
 */
int	ev_when_duration(const char *text, int64_t *ms, struct ev_err *err);

/*
 * A moment as the wall shows it: "2026-01-06 10:30:00"; whole seconds, rounded
 * down; local, or UTC with utc.
 */
void	ev_when_local(struct timespec t, bool utc, char out[40]);

#endif
