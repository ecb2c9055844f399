/*
 * time: RFC 3339 and epoch numbers, read and written.
 */
#ifndef EV_TEXT_TIME_H
#define EV_TEXT_TIME_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/slice.h"
#include "text/civil.h"

#define EV_TIME_SIZE 40		/* room for every form written here */

/* The first second of year 0000 and the last of year 9999, UTC. */
#define EV_TIME_MIN (-62167219200LL)
#define EV_TIME_MAX 253402300799LL

/* True when the moment is within the years 0000 to 9999. */
static inline bool
ev_time_ok(struct timespec t)
{
	return t.tv_sec >= EV_TIME_MIN && t.tv_sec <= EV_TIME_MAX;
}

/*
 * RFC 3339 date and time: 0 to 9 fraction digits, Z or offset, a missing zone
 * is UTC; T or a blank between; t and z will do; a leap second counts as the
 * next one.  The date must exist, and the moment be within the years 0000 to
 * 9999.  A date alone is none.
 */
bool	ev_time_rfc3339(struct ev_slice text, struct timespec *out);

/*
 * A valid JSON number (ev_num_valid) as a time.  ms: always milliseconds; else
 * by size: below 10^11 seconds, 10^14 ms, 10^17 us, else ns (1-events 1.3).
 * False: outside the years 0000 to 9999.
 */
bool	ev_time_number(struct ev_slice number, bool ms, struct timespec *out);

/* 2026-01-06T10:30:00.123Z; milliseconds, rounded down. */
void	ev_time_format(struct timespec t, char out[EV_TIME_SIZE]);
/* 2026-01-06T10:30:00Z; whole seconds, rounded down. */
void	ev_time_format_s(struct timespec t, char out[EV_TIME_SIZE]);
/* 2026-01-06, the UTC date. */
void	ev_time_format_day(struct timespec t, char out[EV_TIME_SIZE]);

/*
 * Now: EV_NOW when it is set and not empty (RFC 3339, or a number by size as
 * in ev_time_number), else the clock.  -1: EV_NOW is not a time (the message
 * names it).
 */
int	ev_now(struct timespec *out, struct ev_err *err);

#endif
