#include "stats/previous.h"

#include "text/civil.h"
#include "text/zone.h"

#define DAY 86400

/* A moment at which a day begins on the wall: its date; else false. */
static bool
day_begins(struct ev_zone zone, struct timespec t, long *days)
{
	int64_t wall = ev_zone_wall(zone, (int64_t)t.tv_sec);

	*days = ev_day_of(wall);
	return t.tv_nsec == 0 &&
	    ev_zone_moment(zone, (int64_t)*days * DAY) == (int64_t)t.tv_sec;
}

static struct timespec
day_start(struct ev_zone zone, long days)
{
	return (struct timespec){ .tv_sec = (time_t)ev_zone_moment(
				      zone, (int64_t)days * DAY) };
}

/* The day on which the period before [from, to) begins. */
static long
day_before(long from, long to)
{
	long year[2];
	int month[2], day[2];

	ev_civil_from_days(from, &year[0], &month[0], &day[0]);
	ev_civil_from_days(to, &year[1], &month[1], &day[1]);
	if (day[0] != 1 || day[1] != 1)
		return from - (to - from);
	/* whole months */
	year[0] -= year[1] - year[0];
	month[0] -= month[1] - month[0];
	while (month[0] < 1) {
		month[0] += 12;
		year[0]--;
	}
	while (month[0] > 12) {
		month[0] -= 12;
		year[0]++;
	}
	return ev_days_from_civil(year[0], month[0], 1);
}

int
ev_previous_open(struct ev_filter *filter, struct timespec now, bool utc,
    struct timespec *turn, struct ev_err *err)
{
	struct ev_zone zone = ev_zone_of(utc);
	struct timespec *since = &filter->since;
	long from, to;

	if (!filter->has_since)
		return ev_fail(err,
		    "--vs previous needs a period: --in, or "
		    "--since");
	if (!filter->has_until) {
		filter->has_until = true;
		filter->until = now;
	}
	*turn = *since;
	if (day_begins(zone, *since, &from) &&
	    day_begins(zone, filter->until, &to)) {
		*since = day_start(zone, day_before(from, to));
		return 0;
	}
	since->tv_sec -= filter->until.tv_sec - turn->tv_sec;
	since->tv_nsec -= filter->until.tv_nsec - turn->tv_nsec;
	if (since->tv_nsec < 0) {
		since->tv_nsec += 1000000000;
		since->tv_sec--;
	} else if (since->tv_nsec >= 1000000000) {
		since->tv_nsec -= 1000000000;
		since->tv_sec++;
	}
	return 0;
}
