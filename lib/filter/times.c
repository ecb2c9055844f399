#include "filter/times.h"

#include "text/time.h"
#include "text/when.h"

/* Bounds only ever narrow, so --in and --since meet in their intersection. */
static void
narrow_since(struct ev_filter *filter, struct timespec since)
{
	if (!filter->has_since || ev_time_cmp(since, filter->since) > 0)
		filter->since = since;
	filter->has_since = true;
}

static void
narrow_until(struct ev_filter *filter, struct timespec until)
{
	if (!filter->has_until || ev_time_cmp(until, filter->until) < 0)
		filter->until = until;
	filter->has_until = true;
}

int
ev_filter_compile_times(struct ev_filter *filter, bool utc, struct ev_err *err)
{
	struct timespec now, from, to;
	struct ev_err why;

	if (filter->since_text == NULL && filter->until_text == NULL &&
	    filter->period == NULL)
		return 0;
	if (ev_now(&now, err) < 0)
		return -1;
	if (filter->since_text != NULL) {
		if (ev_when_parse(filter->since_text, now, utc, &from, &why) <
		    0)
			return ev_fail(err, "--since: %s", why.text);
		narrow_since(filter, from);
	}
	if (filter->until_text != NULL) {
		if (ev_when_parse(filter->until_text, now, utc, &to, &why) < 0)
			return ev_fail(err, "--until: %s", why.text);
		narrow_until(filter, to);
	}
	if (filter->since_text != NULL && filter->until_text != NULL &&
	    ev_time_cmp(filter->since, filter->until) > 0)
		return ev_fail(err, "--since %s comes after --until %s",
		    filter->since_text, filter->until_text);
	if (filter->period != NULL) {
		if (ev_when_period(filter->period, now, utc, &from, &to, &why) <
		    0)
			return ev_fail(err, "--in: %s", why.text);
		narrow_since(filter, from);
		narrow_until(filter, to);
	}
	return 0;
}

bool
ev_filter_match_times(const struct ev_filter *filter, struct ev_event *ev)
{
	struct timespec time;

	if (!filter->has_since && !filter->has_until)
		return true;
	if (!ev_event_time(ev, &time))
		return false;
	return !(filter->has_since && ev_time_cmp(time, filter->since) < 0) &&
	    !(filter->has_until && ev_time_cmp(time, filter->until) >= 0);
}
