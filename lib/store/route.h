/*
 * route: which partition a line of the log belongs to (2-store 2.1).
 *
 * The day is the UTC date of the line's own time (1-events 1.1), read
 * strictly; blank, damaged and over-long lines and those without such a time
 * are rejected.  It depends on the line's bytes and the user's dialects alone.
 */
#ifndef EV_STORE_ROUTE_H
#define EV_STORE_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/slice.h"

struct ev_custom;
struct ev_model;
struct ev_event;

struct ev_route {
	const struct ev_custom *custom;		/* the caller's, or NULL */
	struct ev_model	*model;		/* made when it is first needed */
	struct ev_event	*event;
};

#define EV_ROUTE_INIT { NULL, NULL, NULL }

/*
 * A line without its LF, followed by bytes as ev_scan_line wants them; p ==
 * NULL: it is over-long (store/lines.h).  first: it stands at the log's
 * beginning, where a byte order mark belongs to no line.
 */
int32_t	ev_route_line(struct ev_route *route, struct ev_slice line,
	    bool first);
/* The same for a line of n bytes whose time is known. */
int32_t	ev_route_known(size_t n, bool has_time, struct timespec time);
void	ev_route_clear(struct ev_route *route);

#endif
