/*
 * window: the stretch of time that a named report looks at.
 *
 * GOVERN's queries say created_at > NOW() - INTERVAL '30 days': the window ends
 * at now, and both ends are exclusive.  Bounds that the user gives (--since,
 * --until, --in) take its place; the filter keeps to them.
 */
#ifndef EV_STATS_WINDOW_H
#define EV_STATS_WINDOW_H

#include <stdbool.h>
#include <time.h>

#include "grid/grid.h"
#include "stats/report.h"

struct ev_window {
	bool		given;		/* by the user: everything is in it */
	struct timespec	since;
	/* It ends at the scope's now, which moves while logs are followed. */
	const struct ev_report_scope *scope;
};

/* `length` as text/duration.h reads it ("30d": days on the calendar of the
 * zone). */
void	ev_window_set(struct ev_window *window, const char *length,
	    const struct ev_report_scope *scope);
/* An event without a time is in no window. */
bool	ev_window_has(const struct ev_window *window, struct timespec time);
/* Tells the grid, which knows of the user's bounds already. */
void	ev_window_tell(const struct ev_window *window, struct ev_grid *grid);

#endif
