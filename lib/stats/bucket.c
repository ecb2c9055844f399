#include "stats/bucket.h"

#include <stdlib.h>

#include "text/civil.h"
#include "text/duration.h"
#include "text/time.h"

#define DAY 86400
#define HOUR 3600
#define MOST 10000000000 /* seconds in a bucket: over 300 years */

static int64_t
floor_to(int64_t value, int64_t step)
{
	int64_t rest = value % step;

	return value - (rest < 0 ? rest + step : rest);
}

int
ev_every_parse(
    struct ev_every *every, const char *text, bool utc, struct ev_err *err)
{
	struct ev_duration length;
	struct ev_err why;
	int r = ev_duration_parse(text, &length, &why);

	if (r == -1)
		return ev_fail(err, "--every: %s", why.text);
	every->zone = ev_zone_of(utc);
	if (r == 1 && length.nsec == 0 && length.months > 0 &&
	    length.days == 0 && length.sec == 0) {
		every->unit = EV_EVERY_MONTHS;
		every->n = length.months;
	} else if (r == 1 && length.nsec == 0 && length.months == 0 &&
	    length.days > 0 && length.sec == 0) {
		every->unit = EV_EVERY_DAYS;
		every->n = length.days;
	} else if (r == 1 && length.nsec == 0 && length.months == 0 &&
	    length.days == 0 && length.sec > 0) {
		every->unit = EV_EVERY_SECONDS;
		every->n = length.sec;
	} else
		return ev_fail(err,
		    "--every: '%s' is no length of a bucket (as 5m, 1h, 1d, "
		    "1w, 1mo)",
		    text);
	if (every->n > MOST)
		return ev_fail(err, "--every: '%s' is too long", text);
	return 0;
}

static struct ev_bucket
seconds_at(const struct ev_every *every, int64_t sec)
{
	int64_t shift = ev_zone_wall(every->zone, sec) - sec, from;

	if (every->n > HOUR) {
		/* the zone may change within: both ends by the wall */
		from = floor_to(sec + shift, every->n);
		return (struct ev_bucket){ ev_zone_moment(every->zone, from),
			ev_zone_moment(every->zone, from + every->n) };
	}
	from = floor_to(sec + shift, every->n) - shift;
	return (struct ev_bucket){ from, from + every->n };
}

static struct ev_bucket
days_at(const struct ev_every *every, int64_t sec)
{
	/* 1970-01-05 was a Monday: weeks begin there */
	const int64_t monday = 4;
	int64_t n = every->n, base = n % 7 == 0 ? monday : 0;
	int64_t day = ev_day_of(ev_zone_wall(every->zone, sec));

	day = floor_to(day - base, n) + base;
	return (struct ev_bucket){ ev_zone_moment(every->zone, day * DAY),
		ev_zone_moment(every->zone, (day + n) * DAY) };
}

static int64_t
month_start(const struct ev_every *every, int64_t month)
{
	int64_t year = floor_to(month, 12) / 12;

	return ev_zone_moment(every->zone,
	    (int64_t)ev_days_from_civil(
		(long)year, (int)(month - year * 12) + 1, 1) *
		DAY);
}

static struct ev_bucket
months_at(const struct ev_every *every, int64_t sec)
{
	long year;
	int month, day;
	int64_t from;

	ev_civil_from_days(
	    ev_day_of(ev_zone_wall(every->zone, sec)), &year, &month, &day);
	from = floor_to((int64_t)year * 12 + month - 1, every->n);
	return (struct ev_bucket){ month_start(every, from),
		month_start(every, from + every->n) };
}

struct ev_bucket
ev_bucket_at(const struct ev_every *every, int64_t sec)
{
	switch (every->unit) {
	case EV_EVERY_SECONDS:
		return seconds_at(every, sec);
	case EV_EVERY_DAYS:
		return days_at(every, sec);
	default:
		return months_at(every, sec);
	}
}

struct ev_bucket
ev_bucket_next(const struct ev_every *every, struct ev_bucket bucket)
{
	return ev_bucket_at(every, bucket.to);
}

void
ev_bucket_print(const struct ev_every *every, int64_t from, struct ev_buf *out)
{
	int64_t wall = ev_zone_wall(every->zone, from), east = wall - from;
	struct timespec shown = { .tv_sec = (time_t)wall };
	char text[EV_TIME_SIZE];
	char sign = east < 0 ? '-' : '+';

	ev_time_format_s(shown, text);
	ev_buf_addf(out, "\"%.19s", text);
	if (east < 0)
		east = -east;
	if (east == 0)
		ev_buf_addc(out, 'Z');
	else
		ev_buf_addf(out, "%c%02d:%02d", sign, (int)(east / HOUR),
		    (int)(east % HOUR / 60));
	ev_buf_addc(out, '"');
}
