#include "text/duration.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "text/time.h"

#define DAY 86400
#define NANO 1000000000LL
#define UNITS "units are ms, s, m (minutes), h, d, w, mo (months)"

/* No length is longer than the years 0000 to 9999: sums cannot overflow. */
#define MAX_SEC 320000000000LL
#define MAX_DAYS (MAX_SEC / DAY)
#define MAX_MONTHS (12 * 10000)

enum kind { MILLI, SECOND, CALENDAR_DAY, MONTH };

/* clang-format off */
static const struct unit {
	const char	*name;
	enum kind	 kind;
	int		 times;
} units[] = {
	{ "ms", MILLI, 1 }, { "msec", MILLI, 1 }, { "msecs", MILLI, 1 },
	{ "millisecond", MILLI, 1 }, { "milliseconds", MILLI, 1 },
	{ "s", SECOND, 1 }, { "sec", SECOND, 1 }, { "secs", SECOND, 1 },
	{ "second", SECOND, 1 }, { "seconds", SECOND, 1 },
	{ "m", SECOND, 60 }, { "min", SECOND, 60 }, { "mins", SECOND, 60 },
	{ "minute", SECOND, 60 }, { "minutes", SECOND, 60 },
	{ "h", SECOND, 3600 }, { "hr", SECOND, 3600 }, { "hrs", SECOND, 3600 },
	{ "hour", SECOND, 3600 }, { "hours", SECOND, 3600 },
	{ "d", CALENDAR_DAY, 1 }, { "day", CALENDAR_DAY, 1 },
	{ "days", CALENDAR_DAY, 1 },
	{ "w", CALENDAR_DAY, 7 }, { "week", CALENDAR_DAY, 7 },
	{ "weeks", CALENDAR_DAY, 7 },
	{ "mo", MONTH, 1 }, { "month", MONTH, 1 }, { "months", MONTH, 1 },
};
/* clang-format on */

static const struct unit *
find_unit(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].name) == n &&
		    strncasecmp(units[i].name, p, n) == 0)
			return &units[i];
	return NULL;
}

static int
no_unit(const char *text, const char *p, size_t n, struct ev_err *err)
{
	if (n == 0)
		return ev_fail(err, "'%s': a number has no unit; " UNITS, text);
	if (*p == 'M' && n == 1)
		return ev_fail(err,
		    "'%s': write m for minutes or mo for "
		    "months",
		    text);
	if (tolower((unsigned char)*p) == 'y')
		return ev_fail(err,
		    "'%s': '%.*s' is no unit; write a year as "
		    "12mo",
		    text, (int)n, p);
	return ev_fail(err, "'%s': '%.*s' is no unit; " UNITS, text, (int)n, p);
}

struct number {
	int64_t whole;
	int64_t nano; /* the fraction, in 10^-9 */
	bool huge;
};

/* 12 or 1.5 at *p, moved behind it; false: no digit is there. */
static bool
read_number(const char **p, struct number *out)
{
	int64_t scale = NANO;
	const char *s = *p;

	*out = (struct number){ 0, 0, false };
	if (!isdigit((unsigned char)*s))
		return false;
	for (; isdigit((unsigned char)*s); s++) {
		out->whole = out->whole * 10 + (*s - '0');
		if (out->whole > MAX_SEC * 1000) {
			out->huge = true;
			out->whole = 0;
		}
	}
	if (*s == '.' && isdigit((unsigned char)s[1])) {
		for (s++; isdigit((unsigned char)*s); s++) {
			scale /= 10;
			out->nano += scale * (*s - '0');
		}
	}
	*p = s;
	return true;
}

/* Adds number * unit; false when that is longer than all of time. */
static bool
add(struct ev_duration *sum, struct number n, const struct unit *unit)
{
	int64_t part = n.nano * unit->times;

	if (n.huge)
		return false;
	switch (unit->kind) {
	case MILLI:
		sum->sec += n.whole / 1000;
		sum->nsec += n.whole % 1000 * 1000000 + n.nano / 1000;
		break;
	case SECOND:
		if (n.whole > MAX_SEC / unit->times)
			return false;
		sum->sec += n.whole * unit->times + part / NANO;
		sum->nsec += part % NANO;
		break;
	case CALENDAR_DAY:
		sum->days += n.whole * unit->times + part / NANO;
		part = part % NANO * DAY;
		sum->sec += part / NANO;
		sum->nsec += part % NANO;
		break;
	case MONTH:
		sum->months += n.whole;
		break;
	}
	sum->sec += sum->nsec / NANO;
	sum->nsec %= NANO;
	return sum->sec <= MAX_SEC && sum->days <= MAX_DAYS &&
	    sum->months <= MAX_MONTHS;
}

int
ev_duration_parse(const char *text, struct ev_duration *out, struct ev_err *err)
{
	const struct unit *unit;
	const char *p = text;
	struct number number;
	bool found;
	size_t n;

	*out = (struct ev_duration){ 0, 0, 0, 0 };
	do {
		found = read_number(&p, &number);
		if (!found && p == text)
			return 0;
		if (!found)
			return ev_fail(err,
			    "'%s': '%s' is not a number and a "
			    "unit; " UNITS,
			    text, p);
		p += *p == ' ';
		for (n = 0; isalpha((unsigned char)p[n]); n++)
			;
		if (n == 0 && out->months == 0 && out->days == 0 &&
		    out->sec == 0 && out->nsec == 0)
			return 0;
		unit = find_unit(p, n);
		if (unit == NULL || (*p == 'M' && n == 1))
			return no_unit(text, p, n, err);
		if (unit->kind == MONTH && number.nano != 0)
			return ev_fail(err, "'%s': months are whole", text);
		if (!add(out, number, unit))
			return ev_fail(err, "'%s' is too long a time", text);
		p += n;
		p += *p == ' ';
	} while (*p != '\0');
	return 1;
}

/* Days and months back on the calendar of a wall. */
static int64_t
step_back(int64_t wall, const struct ev_duration *length)
{
	long day = ev_day_of(wall), year, months;
	int64_t clock = wall - (int64_t)day * DAY;
	int month, mday;

	ev_civil_from_days(day, &year, &month, &mday);
	months = year * 12 + month - 1 - (long)length->months;
	year = (months >= 0 ? months : months - 11) / 12;
	month = (int)(months - year * 12) + 1;
	if (mday > ev_month_days(year, month))
		mday = ev_month_days(year, month);
	day = ev_days_from_civil(year, month, mday) - (long)length->days;
	return (int64_t)day * DAY + clock;
}

int
ev_duration_before(const struct ev_duration *length, struct timespec now,
    struct ev_zone zone, struct timespec *out, struct ev_err *err)
{
	int64_t sec = now.tv_sec;

	if (length->months != 0 || length->days != 0)
		sec = ev_zone_moment(
		    zone, step_back(ev_zone_wall(zone, sec), length));
	sec -= length->sec;
	out->tv_sec = (time_t)sec;
	out->tv_nsec = now.tv_nsec - (long)length->nsec;
	if (out->tv_nsec < 0) {
		out->tv_sec--;
		out->tv_nsec += NANO;
	}
	if (!ev_time_ok(*out))
		return ev_fail(err, "that is before the year 0000");
	return 0;
}
