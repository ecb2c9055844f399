#include "stats/window.h"

#include "text/duration.h"
#include "text/time.h"

void
ev_window_set(struct ev_window *window, const char *length,
    const struct ev_report_scope *scope)
{
	struct ev_duration duration;
	struct ev_err err;

	*window = (struct ev_window){ .scope = scope };
	window->given = scope->filter != NULL &&
	    (scope->filter->has_since || scope->filter->has_until);
	if (ev_duration_parse(length, &duration, &err) != 1 ||
	    ev_duration_before(&duration, scope->now, ev_zone_of(scope->utc),
		&window->since, &err) != 0)
		window->since = (struct timespec){ .tv_sec = EV_TIME_MIN };
}

bool
ev_window_has(const struct ev_window *window, struct timespec time)
{
	return window->given ||
	    (ev_time_cmp(window->since, time) < 0 &&
		ev_time_cmp(time, window->scope->now) < 0);
}

void
ev_window_tell(const struct ev_window *window, struct ev_grid *grid)
{
	if (window->given)
		return;
	grid->has_since = grid->has_until = true;
	grid->since = window->since;
	grid->until = window->scope->now;
}
