#include "text/miss.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "text/civil.h"
#include "text/dateword.h"
#include "text/nearest.h"

/* Runs of digits with one character between them. */
struct runs {
	int value[3];
	int len[3];
	char sep[3]; /* what stands behind each */
	int count;
	const char *rest; /* behind the last run */
};

/* Up to three runs of at most 8 digits, separated by one of - / and dot. */
static void
read_runs(const char *p, struct runs *out)
{
	int i, n;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < 3 && isdigit((unsigned char)*p); i++) {
		for (n = 0; n < 8 && isdigit((unsigned char)*p); n++)
			out->value[i] = out->value[i] * 10 + (*p++ - '0');
		out->len[i] = n;
		out->sep[i] = *p;
		out->rest = p;
		out->count = i + 1;
		if (*p == '\0' || strchr("-/.", *p) == NULL)
			break;
		p++;
	}
}

static bool
is_date(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= ev_month_days(year, month);
}

/* 2026/01/06, 2026-1-6, 06.01.2026, 20260106. */
static int
date_form(const char *text, struct ev_err *err)
{
	struct runs r;
	int year, month, day;

	read_runs(text, &r);
	if (r.count == 1 && r.len[0] == 8 &&
	    (*r.rest == '\0' || *r.rest == ' ' || *r.rest == 'T')) {
		year = r.value[0] / 10000;
		month = r.value[0] / 100 % 100;
		day = r.value[0] % 100;
	} else if (r.count == 3 && r.len[0] == 4 && r.len[1] <= 2 &&
	    r.len[2] <= 2) {
		if (r.sep[0] == '-' && r.sep[1] == '-' && r.len[1] == 2 &&
		    r.len[2] == 2)
			return 0;
		year = r.value[0];
		month = r.value[1];
		day = r.value[2];
	} else if (r.count == 3 && r.len[0] <= 2 && r.len[1] <= 2 &&
	    r.len[2] == 4) {
		return ev_fail(err,
		    "'%s': write the year first, then month "
		    "and day, as in 2026-01-06",
		    text);
	} else {
		return 0;
	}
	if (!is_date(year, month, day))
		return 0;
	return ev_fail(err, "'%s': write %04d-%02d-%02d%s", text, year, month,
	    day, *r.rest == ' ' ? r.rest : "");
}

/* 10.30, 6pm, 6:30 pm. */
static int
clock_form(const char *text, struct ev_err *err)
{
	int hour = 0, min = 0, len;
	const char *p = text;

	for (len = 0; len < 3 && isdigit((unsigned char)*p); len++)
		hour = hour * 10 + (*p++ - '0');
	if (len < 1 || len > 2 || hour > 23)
		return 0;
	if (*p == '.' || *p == ':') {
		if (!isdigit((unsigned char)p[1]) ||
		    !isdigit((unsigned char)p[2]) || p[1] > '5')
			return 0;
		min = (p[1] - '0') * 10 + (p[2] - '0');
		p += 3;
		if (*p == '\0' && p[-3] == '.')
			return ev_fail(
			    err, "'%s': write %02d:%02d", text, hour, min);
	}
	p += *p == ' ';
	if (strcasecmp(p, "am") != 0 && strcasecmp(p, "pm") != 0)
		return 0;
	if (hour < 1 || hour > 12)
		return ev_fail(err, "'%s': write clock times as 18:00", text);
	hour = hour % 12 + (tolower((unsigned char)*p) == 'p' ? 12 : 0);
	return ev_fail(err, "'%s': write %02d:%02d", text, hour, min);
}

/* 5, 1709856000, 1709856000123. */
static int
number_form(const char *text, struct ev_err *err)
{
	size_t n = strspn(text, "0123456789");
	size_t head = n > 11 ? n - (n > 14 ? n > 17 ? 9 : 6 : 3) : n;

	if (n == 0 || text[n] != '\0' || n == 4)
		return 0;
	if (n < 9)
		return ev_fail(err,
		    "'%s': a number needs a unit, as in %sm, "
		    "%sh or %sd",
		    text, text, text, text);
	if (n > 20)
		return ev_fail(err, "'%s' is too large a number", text);
	return ev_fail(err, "'%s': write seconds since 1970 as @%.*s%s%s", text,
	    (int)head, text, head < n ? "." : "", text + head);
}

/* Jan 6, 6 January 2026, Tue Jan 6 10:30:00 2026. */
static int
month_form(const char *text, struct ev_err *err)
{
	/* clang-format off */
	static const char *const months[] = {
		"january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december",
	};
	/* clang-format on */
	const char *p = text;
	size_t i, n;

	for (; *p != '\0'; p += n > 0 ? n : 1) {
		for (n = 0; isalpha((unsigned char)p[n]); n++)
			;
		for (i = 0; i < 12 && n >= 3; i++)
			if ((n == 3 || strlen(months[i]) == n) &&
			    strncasecmp(months[i], p, n) == 0)
				return ev_fail(err,
				    "'%s': write the date with "
				    "digits, year first, as in 2026-%02zu-06",
				    text, i + 1);
	}
	return 0;
}

int
ev_miss_form(const char *text, struct ev_err *err)
{
	if (*text == '+')
		return ev_fail(err,
		    "'%s': a length of time means before now; "
		    "write the date of a time to come",
		    text);
	if (date_form(text, err) < 0 || clock_form(text, err) < 0 ||
	    number_form(text, err) < 0 || month_form(text, err) < 0)
		return -1;
	return 0;
}

int
ev_miss_word(const char *text, const char *noun, const char *examples,
    struct ev_err *err)
{
	struct ev_slice word = { text, strcspn(text, " ") };
	const char *meant = ev_nearest(word, ev_dateword_list);

	if (meant != NULL && strlen(meant) == word.n &&
	    strncasecmp(meant, text, word.n) == 0)
		meant = NULL;
	if (meant != NULL && word.n < strlen(text))
		return ev_fail(err, "'%s' is not a %s; did you mean '%s%s'?",
		    text, noun, meant, text + word.n);
	if (meant != NULL)
		return ev_fail(err, "'%s' is not a %s; did you mean '%s'?",
		    text, noun, meant);
	return ev_fail(err, "'%s' is not a %s; try %s", text, noun, examples);
}
