/*
 * time: RFC 3339 and epoch numbers, read and written.
 */
#ifndef EV_TEXT_TIME_H
#define EV_TEXT_TIME_H

#include <stdbool.h>
#include <time.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/slice.h"

#define EV_TIME_SIZE 40		/* room for every form written here */

/*
 * RFC 3339 date and time: 0 to 9 fraction digits, Z or offset, a missing zone
 * is UTC; T or a blank between; a leap second counts as the next one.  Years
 * 0000 to 9999.
 */
bool	ev_time_rfc3339(struct ev_slice text, struct timespec *out);

/*
 * A JSON number as a time.  ms: always milliseconds; else by size: below 10^11
 * seconds, 10^14 ms, 10^17 us, else ns (1-events 1.3).
 */
bool	ev_time_number(struct ev_slice number, bool ms, struct timespec *out);

/* 2026-01-06T10:30:00.123Z; milliseconds, rounded down. */
void	ev_time_format(struct timespec t, char out[EV_TIME_SIZE]);
/* 2026-01-06T10:30:00Z; whole seconds, rounded down. */
void	ev_time_format_s(struct timespec t, char out[EV_TIME_SIZE]);
/* 2026-01-06, the UTC date. */
void	ev_time_format_day(struct timespec t, char out[EV_TIME_SIZE]);

/*
 * Now: EV_NOW when it is set, else the clock.  -1: EV_NOW is not a time (the
 * message names it).
 */
int	ev_now(struct timespec *out, struct ev_err *err);

/* Days from 1970-01-01 of a Gregorian date (month 1..12), and back. */
long	ev_days_from_civil(long year, int month, int day);
void	ev_civil_from_days(long days, long *year, int *month, int *day);

#endif
