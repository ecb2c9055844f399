/*
 * pace: events as far apart as they were, or some times as fast (--speed).
 */
#ifndef EV_REPLAY_PACE_H
#define EV_REPLAY_PACE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/err.h"

struct ev_pace {
	bool		on;		/* there is any waiting */
	double		speed;
	int64_t		max_gap;	/* ms; -1: any */
	/* From the first event on. */
	bool		begun;
	struct timespec	latest;		/* time of an event so far */
	double		due;		/* ms of ev_clock_mono */
};

/* speed: a number above 0, original, max; max_gap: a length of time; NULL:
 * not given.  -1: they are something else. */
int	ev_pace_open(struct ev_pace *pace, const char *speed,
	    const char *max_gap, struct ev_err *err);

/*
 * Waits until an event of this time is due: as long behind the latest one as
 * their times are apart, so that no time is lost between many.  An event that
 * is earlier is due at once.  fd: where output goes.  0; else the signal that
 * came while waiting (read/stop.h), or SIGPIPE: nobody reads fd any more.
 */
int	ev_pace_wait(struct ev_pace *pace, struct timespec time, int fd);

#endif
