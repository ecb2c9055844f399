/*
 * daytime: a clock time as people type it: 10:30, 9:30:00.5, 10:30+01:00.
 */
#ifndef EV_TEXT_DAYTIME_H
#define EV_TEXT_DAYTIME_H

#include <stdbool.h>

#include "base/err.h"
#include "text/zone.h"

struct ev_daytime {
	long		sec;		/* since midnight; 86400 for 23:59:60 */
	long		nsec;
	bool		has_zone;	/* Z or an offset stood there */
	struct ev_zone	zone;
};

/*
 * Reads [h]h:mm[:ss[.f]][Z|+hh:mm] (1 to 9 digits f, one blank may stand
 * before the zone) at *text and moves *text behind it.  1, or 0: no digits and
 * colon are there, or -1: they are, but it is no clock time (err says why).
 */
int	ev_daytime_parse(const char **text, struct ev_daytime *out,
	    struct ev_err *err);

#endif
