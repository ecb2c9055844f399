/*
 * clock: what time it is.
 *
 * EV_NOW (RFC 3339, or a number by size as 1-events 1.3 reads numbers) stands
 * in for the clock wherever "now" is asked; nothing else in the library reads
 * a wall clock.  Times are struct timespec, seconds since 1970-01-01T00:00Z.
 */
#ifndef EV_BASE_CLOCK_H
#define EV_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

/* -1, 0, 1. */
static inline int
ev_time_cmp(struct timespec a, struct timespec b)
{
	if (a.tv_sec != b.tv_sec)
		return a.tv_sec < b.tv_sec ? -1 : 1;
	return (a.tv_nsec > b.tv_nsec) - (a.tv_nsec < b.tv_nsec);
}

/* Milliseconds since 1970, rounded down. */
static inline int64_t
ev_time_ms(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Milliseconds of a clock that only goes forward, for deadlines. */
int64_t	ev_clock_mono(void);

/* The wall clock, EV_NOW not asked: only text/time calls this. */
struct timespec ev_clock_real(void);

#endif
