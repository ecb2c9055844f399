#include "text/date.h"

#include <ctype.h>

#include "text/civil.h"

/* The Monday of ISO 8601 week 1: the week with January 4th in it. */
static long
first_week(long year)
{
	long jan4 = ev_days_from_civil(year, 1, 4);

	return jan4 - ev_weekday(jan4);
}

/* Digits at p as a number; -1 when there are not exactly n. */
static int
digits(const char *p, int n)
{
	int i, value = 0;

	for (i = 0; i < n; i++) {
		if (!isdigit((unsigned char)p[i]))
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	return isdigit((unsigned char)p[n]) ? -1 : value;
}

/* W02 or W02-3 at *p, behind the year. */
static int
read_week(const char **p, int year, struct ev_date *out, struct ev_err *err)
{
	int week = digits(*p + 1, 2), day = -1;
	long start = first_week(year), count;

	if (week < 0)
		return 0;
	count = (first_week(year + 1L) - start) / 7;
	*p += 3;
	if (**p == '-') {
		day = digits(*p + 1, 1);
		if (day < 0)
			return 0;
		*p += 2;
	}
	if (week < 1 || week > count)
		return ev_fail(err,
		    "week %d does not exist; the weeks of %04d "
		    "are 1 to %ld",
		    week, year, count);
	if (day == 0 || day > 7)
		return ev_fail(err,
		    "day %d of a week does not exist; 1 is "
		    "Monday, 7 Sunday",
		    day);
	start += (week - 1) * 7L;
	if (day < 0)
		*out = (struct ev_date){ start, start + 7, EV_DATE_RUN };
	else
		*out = (struct ev_date){ start + day - 1, start + day,
			EV_DATE_DAY };
	return 1;
}

/* 01 or 01-06 at *p, behind the year. */
static int
read_month(const char **p, int year, struct ev_date *out, struct ev_err *err)
{
	int month = digits(*p, 2), day = -1;
	long start;

	if (month < 0)
		return 0;
	*p += 2;
	if (**p == '-') {
		day = digits(*p + 1, 2);
		if (day < 0)
			return 0;
		*p += 3;
	}
	if (month < 1 || month > 12)
		return ev_fail(err, "month %d does not exist", month);
	if (day == 0 || day > ev_month_days(year, month))
		return ev_fail(err,
		    "day %d does not exist; %04d-%02d has %d "
		    "days",
		    day, year, month, ev_month_days(year, month));
	start = ev_month_start(year, month);
	if (day < 0)
		*out = (struct ev_date){ start, ev_month_start(year, month + 1),
			EV_DATE_RUN };
	else
		*out = (struct ev_date){ start + day - 1, start + day,
			EV_DATE_DAY };
	return 1;
}

/* A date of digits: 2026, 2026-01, 2026-01-06, 2026-W02, 2026-W02-3. */
static int
read_digits(const char **text, struct ev_date *out, struct ev_err *err)
{
	const char *p = *text + 4;
	int year = digits(*text, 4), r = 1;

	if (year < 0)
		return 0;
	if (*p == '\0')
		*out = (struct ev_date){ ev_month_start(year, 1),
			ev_month_start(year, 13), EV_DATE_PERIOD };
	else if (*p++ != '-')
		return 0;
	else if (*p == 'W' || *p == 'w')
		r = read_week(&p, year, out, err);
	else
		r = read_month(&p, year, out, err);
	if (r == 1)
		*text = p;
	return r;
}

int
ev_date_parse(const char **text, struct ev_date *out, struct ev_err *err)
{
	const char *start = *text;
	struct ev_err why;
	int r = read_digits(text, out, &why);

	return r < 0 ? ev_fail(err, "'%s': %s", start, why.text) : r;
}
