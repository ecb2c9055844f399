#include "text/dateword.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "text/civil.h"

const char *const ev_dateword_list[] = { "now", "today", "yesterday",
	"tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "last", "last-week", "last-month", "last-year",
	"this-week", "this-month", "this-year", NULL };

/* The latest such weekday that is not behind the day until. */
static long
latest(long until, long wday)
{
	return until - (ev_weekday(until) - wday + 7) % 7;
}

static struct ev_date
one_day(long day)
{
	return (struct ev_date){ day, day + 1, EV_DATE_DAY };
}

/* True when the word stands at *p, whole; then moves *p behind it. */
static bool
take(const char **p, const char *word)
{
	size_t n = strlen(word);

	if (strncasecmp(*p, word, n) != 0)
		return false;
	if ((*p)[n] != '\0' && (*p)[n] != ' ')
		return false;
	*p += n;
	return true;
}

/* A weekday at *p, 0 Monday .. 6 Sunday. */
static bool
take_weekday(const char **p, long *out)
{
	static const char *const names[7][5] = {
		{ "monday", "mon" },
		{ "tuesday", "tue", "tues" },
		{ "wednesday", "wed" },
		{ "thursday", "thu", "thur", "thurs" },
		{ "friday", "fri" },
		{ "saturday", "sat" },
		{ "sunday", "sun" },
	};
	long day;
	int i;

	for (day = 0; day < 7; day++)
		for (i = 0; names[day][i] != NULL; i++)
			if (take(p, names[day][i])) {
				*out = day;
				return true;
			}
	return false;
}

/* week, month or year at *p; back: how many of them before the present one. */
static bool
take_run(const char **p, long today, int back, struct ev_date *out)
{
	long year, week = latest(today, 0) - 7L * back;
	int month, day;

	out->kind = EV_DATE_PERIOD;
	ev_civil_from_days(today, &year, &month, &day);
	if (take(p, "week")) {
		out->from = week;
		out->to = week + 7;
	} else if (take(p, "month")) {
		out->from = ev_month_start(year, month - back);
		out->to = ev_month_start(year, month - back + 1);
	} else if (take(p, "year")) {
		out->from = ev_month_start(year - back, 1);
		out->to = ev_month_start(year - back, 13);
	} else {
		return false;
	}
	return true;
}

/* What follows "last" or "this" at *p, a blank or "-" first. */
static int
read_relative(const char **p, long today, bool last, struct ev_date *out,
    struct ev_err *err)
{
	const char *rest = *p + 1;
	long wday;

	if (last && take_weekday(&rest, &wday))
		*out = one_day(latest(today - 1, wday));
	else if (!take_run(&rest, today, last ? 1 : 0, out))
		return ev_fail(err, "behind '%s' comes %sweek, month or year",
		    last ? "last" : "this", last ? "a weekday, " : "");
	*p = rest;
	return 1;
}

static int
read_words(
    const char **text, long today, struct ev_date *out, struct ev_err *err)
{
	static const char *const near[] = { "yesterday", "today", "tomorrow" };
	bool last = strncasecmp(*text, "last", 4) == 0;
	long i, wday;

	if (last || strncasecmp(*text, "this", 4) == 0) {
		if ((*text)[4] != ' ' && (*text)[4] != '-')
			return 0;
		*text += 4;
		return read_relative(text, today, last, out, err);
	}
	for (i = 0; i < 3; i++)
		if (take(text, near[i])) {
			*out = one_day(today + i - 1);
			return 1;
		}
	if (!take_weekday(text, &wday))
		return 0;
	*out = one_day(latest(today, wday));
	return 1;
}

int
ev_dateword_parse(
    const char **text, long today, struct ev_date *out, struct ev_err *err)
{
	const char *start = *text;
	struct ev_err why;
	int r;

	if (isdigit((unsigned char)*start))
		return ev_date_parse(text, out, err);
	r = read_words(text, today, out, &why);
	return r < 0 ? ev_fail(err, "'%s': %s", start, why.text) : r;
}
