/*
 * moment: the grammar of a point in time (1-events 1.3), without the advice
 * that text/when.h gives about what is wrong.
 */
#ifndef EV_TEXT_MOMENT_H
#define EV_TEXT_MOMENT_H

#include <time.h>

#include "base/err.h"
#include "text/zone.h"

/* Room for the longest text that is read, with its NUL. */
#define EV_MOMENT_SIZE 96

/* What a text is read against. */
struct ev_when {
	struct timespec	now;
	struct ev_zone	zone;	/* of what names none */
};

/*
 * A moment as in ev_when_parse; text has less than EV_MOMENT_SIZE bytes,
 * single blanks and none at its ends.  1, or 0: it has no such form, or -1: it
 * has, but is wrong (the message says why).
 */
int	ev_moment_parse(const char *text, const struct ev_when *w,
	    struct timespec *out, struct ev_err *err);

/* The day (since 1970-01-01) that now is, in a zone. */
long	ev_moment_today(const struct ev_when *w, struct ev_zone zone);

#endif
