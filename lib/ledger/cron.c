#include "ledger/cron.h"

#include "ledger/trim.h"
#include "text/civil.h"

#define NUMBER_MOST 100000
#define DAYS_MOST (5L * 366)

enum { MINUTE, HOUR, DAY, MONTH, WEEKDAY };

/* Sunday is 7, too. */
static const struct {
	int least, most;
	unsigned cycle;
} bounds[EV_CRON_FIELDS] = { { 0, 59, 60 }, { 0, 23, 24 }, { 1, 31, 32 },
	{ 1, 12, 13 }, { 0, 7, 7 } };

/* Decimal digits and nothing else; -1: no number. */
static int
number(struct ev_slice text)
{
	int n = 0;
	size_t i;

	if (text.n == 0)
		return -1;
	for (i = 0; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9')
			return -1;
		if (n < NUMBER_MOST)
			n = n * 10 + (text.p[i] - '0');
	}
	return n;
}

/* What stands before a character (all, when there is none); rest what stands
 * behind it. */
static struct ev_slice
before(struct ev_slice text, char c, struct ev_slice *rest, bool *found)
{
	const char *p = text.n > 0 ? memchr(text.p, c, text.n) : NULL;

	*found = p != NULL;
	*rest = (struct ev_slice){ NULL, 0 };
	if (p == NULL)
		return text;
	*rest = (struct ev_slice){ p + 1, text.n - (size_t)(p + 1 - text.p) };
	return (struct ev_slice){ text.p, (size_t)(p - text.p) };
}

/* One element of a list. */
static bool
read_part(struct ev_slice part, int field, uint64_t *bits)
{
	int from = bounds[field].least, to = bounds[field].most, step = 1;
	struct ev_slice base, behind;
	bool has;

	base = before(part, '/', &behind, &has);
	if (has)
		step = number(behind);
	if (!ev_slice_is(base, "*")) {
		base = before(base, '-', &behind, &has);
		from = number(base);
		to = has ? number(behind) : from;
	}
	if (step <= 0 || from < bounds[field].least || to < from ||
	    to > bounds[field].most)
		return false;
	for (; from <= to; from += step)
		*bits |= UINT64_C(1) << ((unsigned)from % bounds[field].cycle);
	return true;
}

static bool
read_field(struct ev_slice text, int field, uint64_t *bits)
{
	struct ev_slice part;
	bool more = true;

	for (*bits = 0; more;) {
		part = before(text, ',', &text, &more);
		if (!read_part(part, field, bits))
			return false;
	}
	return true;
}

bool
ev_cron_read(struct ev_cron *cron, struct ev_slice text)
{
	struct ev_slice word;
	int i;

	for (i = 0; i < EV_CRON_FIELDS; i++)
		if (!ev_trim_word(&text, &word) ||
		    !read_field(word, i, &cron->at[i]))
			return false;
	cron->any_day = cron->at[DAY] == UINT64_C(0xfffffffe);
	cron->any_weekday = cron->at[WEEKDAY] == 0x7f;
	return !ev_trim_word(&text, &word);
}

static bool
due(const struct ev_cron *cron, int field, int value)
{
	return (cron->at[field] >> value & 1) != 0;
}

static bool
due_day(const struct ev_cron *cron, long date)
{
	int month, day;
	long year;
	bool in_month, in_week;

	ev_civil_from_days(date, &year, &month, &day);
	in_month = due(cron, DAY, day);
	in_week = due(cron, WEEKDAY, (ev_weekday(date) + 1) % 7);
	if (!due(cron, MONTH, month))
		return false;
	if (cron->any_day || cron->any_weekday)
		return (in_month || cron->any_day) &&
		    (in_week || cron->any_weekday);
	return in_month || in_week;
}

bool
ev_cron_next(const struct ev_cron *cron, int64_t sec, int64_t *next)
{
	long date = ev_day_of(sec), last = date + DAYS_MOST;
	int minute = (int)((sec - date * INT64_C(86400)) / 60) + 1;

	for (; date <= last; date++, minute = 0) {
		if (!due_day(cron, date))
			continue;
		for (; minute < 24 * 60; minute++) {
			if (!due(cron, HOUR, minute / 60) ||
			    !due(cron, MINUTE, minute % 60))
				continue;
			*next = date * INT64_C(86400) + minute * 60;
			return *next <= sec + DAYS_MOST * 86400;
		}
	}
	return false;
}
