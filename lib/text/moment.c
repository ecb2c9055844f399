#include "text/moment.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "json/number.h"
#include "text/dateword.h"
#include "text/daytime.h"
#include "text/duration.h"
#include "text/time.h"

#define DAY 86400

long
ev_moment_today(const struct ev_when *w, struct ev_zone zone)
{
	return ev_day_of(ev_zone_wall(zone, w->now.tv_sec));
}

/* @1709856000.5 */
static int
epoch(const char *text, struct timespec *out, struct ev_err *err)
{
	struct ev_slice number = ev_slice_of(text + 1);
	int64_t sec;
	int32_t nsec;

	if (!ev_num_valid(number))
		return ev_fail(err,
		    "'%s': behind @ come seconds since 1970, "
		    "as in @1709856000.5",
		    text);
	if (!ev_num_time(number, 0, &sec, &nsec))
		return ev_fail(err,
		    "'%s' is outside the years 0000 to 9999; "
		    "@ counts seconds",
		    text);
	out->tv_sec = (time_t)sec;
	out->tv_nsec = nsec;
	return 1;
}

/* Something stands at p, behind a clock time. */
static int
too_much(const char *p, const char *text, struct ev_err *err)
{
	p += *p == ' ';
	if (strcasecmp(p, "utc") == 0 || strcasecmp(p, "gmt") == 0)
		return ev_fail(err, "'%s': write Z for %s", text, p);
	if (strcspn(text, ":") <= 2)
		return ev_fail(err,
		    "'%s': the day stands before the clock "
		    "time",
		    text);
	return ev_fail(err,
	    "'%s': '%s' is too much; behind the clock time may "
	    "come Z or an offset as +01:00",
	    text, p);
}

/* What may follow a date: a blank or T, and a clock time, and no more. */
static int
clock_part(
    const char *p, const char *text, struct ev_daytime *out, struct ev_err *err)
{
	bool digits = isdigit((unsigned char)*text);
	int r;

	*out = (struct ev_daytime){ 0, 0, false, { false, 0 } };
	if (*p == '\0')
		return 0;
	p += *p == ' ' || (digits && (*p == 'T' || *p == 't'));
	r = ev_daytime_parse(&p, out, err);
	if (r == 0)
		return ev_fail(err,
		    "'%s': '%s' is not a clock time; write it "
		    "as 18:00",
		    text, p);
	if (r == 1 && *p != '\0')
		return too_much(p, text, err);
	return r < 0 ? -1 : 0;
}

/* [DATE] [CLOCK]: 1, 0 or -1. */
static int
date_and_clock(const char *text, const struct ev_when *w, struct timespec *out,
    struct ev_err *err)
{
	struct ev_date date;
	struct ev_daytime clock;
	struct ev_zone zone = w->zone;
	const char *p = text;
	long today = ev_moment_today(w, zone);
	int r = ev_dateword_parse(&p, today, &date, err);

	if (r < 0)
		return -1;
	if (r == 0) {
		r = ev_daytime_parse(&p, &clock, err);
		if (r <= 0)
			return r;
		p = text;
		date.kind = EV_DATE_DAY;
	}
	if (clock_part(p, text, &clock, err) < 0)
		return -1;
	if (date.kind == EV_DATE_PERIOD)
		return 0;
	if (date.kind == EV_DATE_RUN && p[0] != '\0')
		return ev_fail(err,
		    "'%s': a clock time goes with one day, as "
		    "in 2026-01-06 10:30",
		    text);
	/* today is what it is in the zone that was named */
	if (clock.has_zone)
		zone = clock.zone;
	today = ev_moment_today(w, zone);
	p = text;
	if (ev_dateword_parse(&p, today, &date, err) != 1)
		date.from = today;
	out->tv_sec =
	    (time_t)ev_zone_moment(zone, (int64_t)date.from * DAY + clock.sec);
	out->tv_nsec = clock.nsec;
	return 1;
}

/* 2h, -2h, 2 hours ago: 1, 0 or -1. */
static int
ago(const char *text, const struct ev_when *w, struct timespec *out,
    struct ev_err *err)
{
	char part[EV_MOMENT_SIZE];
	struct ev_duration length;
	bool minus = *text == '-';
	size_t n = strlen(text);
	int r;

	memcpy(part, text, n + 1);
	if (n > 4 && strcasecmp(part + n - 4, " ago") == 0) {
		if (minus)
			return ev_fail(err, "'%s': write '%s'", text, text + 1);
		part[n - 4] = '\0';
	}
	r = ev_duration_parse(part + minus, &length, err);
	if (r <= 0)
		return r;
	if (ev_duration_before(&length, w->now, w->zone, out, err) < 0)
		return ev_fail(err, "'%s' is before the year 0000", text);
	return 1;
}

int
ev_moment_parse(const char *text, const struct ev_when *w, struct timespec *out,
    struct ev_err *err)
{
	int r;

	if (*text == '@')
		return epoch(text, out, err);
	if (strcasecmp(text, "now") == 0) {
		*out = w->now;
		return 1;
	}
	r = date_and_clock(text, w, out, err);
	if (r == 0)
		r = ago(text, w, out, err);
	if (r == 1 && !ev_time_ok(*out))
		return ev_fail(
		    err, "'%s' is outside the years 0000 to 9999", text);
	return r;
}
