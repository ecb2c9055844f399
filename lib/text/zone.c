#include "text/zone.h"

#include <time.h>

#define DAY 86400

struct ev_zone
ev_zone_of(bool utc)
{
	return (struct ev_zone){ !utc, 0 };
}

/* Seconds east of UTC at a moment. */
static int64_t
east_at(struct ev_zone zone, int64_t sec)
{
	time_t t = (time_t)sec;
	struct tm tm;

	if (!zone.local)
		return zone.east;
	if (localtime_r(&t, &tm) == NULL)
		return 0;
	return tm.tm_gmtoff;
}

int64_t
ev_zone_wall(struct ev_zone zone, int64_t sec)
{
	return sec + east_at(zone, sec);
}

/*
 * Zones lie within 15 hours of UTC, so what is in force a day before and a day
 * after surrounds any change that can concern this wall time.
 */
int64_t
ev_zone_moment(struct ev_zone zone, int64_t wall)
{
	int64_t before = wall - east_at(zone, wall - DAY);
	int64_t after = wall - east_at(zone, wall + DAY);
	int64_t low, high, mid;

	if (ev_zone_wall(zone, before) == wall)
		return before;
	if (ev_zone_wall(zone, after) == wall)
		return after;
	/* a gap: at low the wall is before it, at high behind it */
	low = after;
	high = before;
	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (ev_zone_wall(zone, mid) < wall)
			low = mid;
		else
			high = mid;
	}
	return high;
}
