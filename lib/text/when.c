#include "text/when.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "text/dateword.h"
#include "text/duration.h"
#include "text/miss.h"
#include "text/moment.h"
#include "text/time.h"
#include "text/zone.h"

#define DAY 86400

/* A copy with single blanks and none at the ends. */
static int
tidy(const char *text, const char *noun, char out[EV_MOMENT_SIZE],
    struct ev_err *err)
{
	size_t n = 0;

	for (; *text != '\0' && n < EV_MOMENT_SIZE - 1; text++) {
		if (!isspace((unsigned char)*text))
			out[n++] = *text;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	if (*text != '\0')
		return ev_fail(
		    err, "'%.40s...' is too long for a %s", out, noun);
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	if (n == 0)
		return ev_fail(err, "an empty text is not a %s", noun);
	return 0;
}

/* T1..T2 */
static int
between(const char *text, const char *dots, const struct ev_when *w,
    struct timespec bound[2], struct ev_err *err)
{
	char part[EV_MOMENT_SIZE];
	bool utc = !w->zone.local;
	size_t n = (size_t)(dots - text);

	if (n == 0 || dots[2] == '\0')
		return ev_fail(err,
		    "'%s': a period has two ends, T1..T2; for "
		    "one alone there are --since and --until",
		    text);
	memcpy(part, text, n);
	part[n] = '\0';
	if (ev_when_parse(part, w->now, utc, &bound[0], err) < 0 ||
	    ev_when_parse(dots + 2, w->now, utc, &bound[1], err) < 0)
		return -1;
	if (ev_time_cmp(bound[0], bound[1]) >= 0)
		return ev_fail(err,
		    "'%s' is empty: it ends %s it begins (the "
		    "end is not in it)",
		    text,
		    ev_time_cmp(bound[0], bound[1]) == 0 ? "where" : "before");
	return 1;
}

/* The first moment of a day. */
static struct timespec
day_start(struct ev_zone zone, long day)
{
	struct timespec t = { 0, 0 };

	t.tv_sec = (time_t)ev_zone_moment(zone, (int64_t)day * DAY);
	return t;
}

/* As ev_moment_parse, for periods. */
static int
period(const char *text, const struct ev_when *w, struct timespec bound[2],
    struct ev_err *err)
{
	const char *p = text, *dots = strstr(text, "..");
	struct ev_date date;
	struct ev_duration length;
	int r;

	if (dots != NULL)
		return between(text, dots, w, bound, err);
	r = ev_dateword_parse(&p, ev_moment_today(w, w->zone), &date, err);
	if (r < 0 || (r == 1 && *p != '\0'))
		return r < 0 ? -1 : 0;
	if (r == 1) {
		bound[0] = day_start(w->zone, date.from);
		bound[1] = day_start(w->zone, date.to);
		if (!ev_time_ok(bound[0]))
			return ev_fail(
			    err, "'%s' begins before the year 0000", text);
		return 1;
	}
	r = ev_duration_parse(text, &length, err);
	if (r <= 0)
		return r;
	bound[1] = w->now;
	if (++bound[1].tv_nsec == 1000000000) {
		bound[1].tv_sec++;
		bound[1].tv_nsec = 0;
	}
	if (ev_duration_before(&length, w->now, w->zone, &bound[0], err) < 0)
		return -1;
	return 1;
}

int
ev_when_parse(const char *text, struct timespec now, bool utc,
    struct timespec *out, struct ev_err *err)
{
	struct ev_when w = { now, ev_zone_of(utc) };
	struct timespec bound[2];
	char s[EV_MOMENT_SIZE], start[40];
	int r;

	if (tidy(text, "time", s, err) < 0 || ev_miss_form(s, err) < 0)
		return -1;
	r = ev_moment_parse(s, &w, out, err);
	if (r == 1)
		return 0;
	if (period(s, &w, bound, NULL) == 1) {
		ev_when_local(bound[0], utc, start);
		return ev_fail(
		    err, "'%s' is a period, not a time; try '%s'", s, start);
	}
	if (r < 0)
		return -1;
	return ev_miss_word(s, "time",
	    "'2026-01-06 10:30', 'yesterday', '2h' "
	    "or '@1709856000'",
	    err);
}

int
ev_when_period(const char *text, struct timespec now, bool utc,
    struct timespec *from, struct timespec *to, struct ev_err *err)
{
	struct ev_when w = { now, ev_zone_of(utc) };
	struct timespec bound[2], t;
	char s[EV_MOMENT_SIZE];
	int r, m;

	if (tidy(text, "period", s, err) < 0 || ev_miss_form(s, err) < 0)
		return -1;
	r = period(s, &w, bound, err);
	if (r == 1) {
		*from = bound[0];
		*to = bound[1];
		return 0;
	}
	m = ev_moment_parse(s, &w, &t, r < 0 ? NULL : err);
	if (m == 1 && ev_time_cmp(t, now) < 0)
		return ev_fail(err,
		    "'%s' is a time, not a period; try "
		    "'%s..now'",
		    s, s);
	if (m == 1)
		return ev_fail(err,
		    "'%s' is a time, not a period; write both "
		    "ends, T1..T2",
		    s);
	if (r < 0 || m < 0)
		return -1;
	return ev_miss_word(s, "period",
	    "'today', '7d', '2026-01', '2026-W02' "
	    "or '2026-01-06..2026-01-08'",
	    err);
}

int
ev_when_duration(const char *text, int64_t *ms, struct ev_err *err)
{
	char s[EV_MOMENT_SIZE];
	struct ev_duration length;
	int r;

	if (tidy(text, "duration", s, err) < 0)
		return -1;
	*ms = 0;
	if (strcmp(s, "0") == 0)
		return 0;
	r = ev_duration_parse(s, &length, err);
	if (r == 0)
		return ev_fail(err,
		    "'%s' is not a length of time; try '90s', "
		    "'5m', '1d12h' or '500ms'",
		    s);
	if (r < 0)
		return -1;
	*ms = ((length.months * 30 + length.days) * DAY + length.sec) * 1000 +
	    length.nsec / 1000000;
	return 0;
}

void
ev_when_local(struct timespec t, bool utc, char out[40])
{
	struct timespec wall = { 0, 0 };
	char text[EV_TIME_SIZE];

	wall.tv_sec = (time_t)ev_zone_wall(ev_zone_of(utc), t.tv_sec);
	ev_time_format_s(wall, text);
	text[strcspn(text, "T")] = ' ';
	text[strcspn(text, "Z")] = '\0';
	snprintf(out, 40, "%s", text);
}
