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
 * yesterday, tomorrow, [last] tuesday [18:00], 2h, 1d12h, "2 hours ago", -2h,
 * @1709856000[.5], 2026-W02, 2026-01.  A duration means that long before now;
 * a date means its first moment.  Without Z or offset the zone is local, or
 * UTC with utc.  now: what "now" is.  -1: the message names the nearest form
 * that would do.
 */
int	ev_when_parse(const char *text, struct timespec now, bool utc,
	    struct timespec *out, struct ev_err *err);

/*
 * A period, half open: today, yesterday, 7d (the last seven days up to now),
 * a date, 2026-W02, 2026-01, 2026, this-week, last-week, this-month,
 * last-month, this-year, last-year, a weekday, T1..T2.
 */
int	ev_when_period(const char *text, struct timespec now, bool utc,
	    struct timespec *from, struct timespec *to, struct ev_err *err);

/*
 * A length of time: number + ms, s, m, h, d, w, mo, combinable (1d12h, 1.5h).
 * Gives milliseconds; a month counts 30 days here.
 */
int	ev_when_duration(const char *text, int64_t *ms, struct ev_err *err);

/* Local broken-down form of a moment: "2026-01-06 10:30:00". */
void	ev_when_local(struct timespec t, bool utc, char out[40]);

#endif
