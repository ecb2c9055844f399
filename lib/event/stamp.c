#include "event/stamp.h"

/* The first fit of the patterns, up to a NULL, or NULL. */
static const char *
fit_any(const struct ev_lex *lex, const char *p, const char *const *pattern)
{
	const char *end;

	for (; *pattern != NULL; pattern++) {
		end = ev_lex_fit(lex, p, *pattern);
		if (end != NULL)
			return end;
	}
	return NULL;
}

/* One of the words of a list, three letters each. */
static const char *
name(const struct ev_lex *lex, const char *p, const char *list)
{
	if (lex->end - p < 3)
		return NULL;
	for (; *list != '\0'; list += 3)
		if (memcmp(p, list, 3) == 0)
			return p + 3;
	return NULL;
}

static const char *
month(const struct ev_lex *lex, const char *p)
{
	return name(lex, p, "JanFebMarAprMayJunJulAugSepOctNovDec");
}

/* What may stand behind a time of day; p itself when nothing does. */
static const char *
zone(const struct ev_lex *lex, const char *p)
{
	static const char *const pattern[] = { "Z", "z", "+##:##", "-##:##",
		"+####", "-####", "+##", "-##", "UTC", "GMT", "AM", "PM", "am",
		"pm", " UTC", " GMT", " AM", " PM", " am", " pm", " +####",
		" -####", NULL };
	const char *const *next = pattern, *end;

	for (; *next != NULL; next++) {
		end = ev_lex_fit(lex, p, *next);
		if (end != NULL && ev_lex_bound(lex, end) &&
		    ev_lex_fit(lex, end, ":#") == NULL)
			return end;
	}
	return p;
}

/* A time of day with its zone; without seconds only behind a date. */
static const char *
time_of_day(const struct ev_lex *lex, const char *p, bool dated)
{
	static const char *const full[] = { "##:##:##", "#:##:##", NULL };
	static const char *const brief[] = { "##:##", "#:##", NULL };
	const char *end = fit_any(lex, p, full), *digits;

	if (end != NULL &&
	    (ev_lex_is(lex, end, '.') || ev_lex_is(lex, end, ','))) {
		digits = ev_lex_digits(lex, end + 1);
		if (digits > end + 1)
			end = digits;
	}
	if (end == NULL && dated)
		end = fit_any(lex, p, brief);
	if (end == NULL)
		return NULL;
	end = zone(lex, end);
	return ev_lex_bound(lex, end) ? end : NULL;
}

/* 2026-01-06, alone or with a time of day. */
static const char *
numeric(const struct ev_lex *lex, const char *p)
{
	static const char *const date[] = { "####-##-##", "####/##/##", NULL };
	const char *end = fit_any(lex, p, date), *late;

	if (end == NULL)
		return NULL;
	if (end < lex->end && memchr("Tt \t", *end, 4) != NULL) {
		late = time_of_day(lex, end + 1, true);
		if (late != NULL)
			return late;
	}
	return ev_lex_bound(lex, end) ? end : NULL;
}

static const char *
compact(const struct ev_lex *lex, const char *p)
{
	const char *end = ev_lex_fit(lex, p, "########T######");

	if (end == NULL)
		return NULL;
	end += ev_lex_is(lex, end, 'Z');
	return ev_lex_bound(lex, end) ? end : NULL;
}

/* One or two digits, the first perhaps a blank in its stead. */
static const char *
day(const struct ev_lex *lex, const char *p)
{
	const char *end;

	p += ev_lex_is(lex, p, ' ');
	end = ev_lex_digits(lex, p);
	return end - p == 1 || end - p == 2 ? end : NULL;
}

/* 06 Jan 2026 10:30:00, 06/Jan/2026:10:30:00. */
static const char *
day_first(const struct ev_lex *lex, const char *p)
{
	char gap;

	if (!ev_is_digit(*p))
		return NULL;
	p = day(lex, p);
	if (p == NULL || p >= lex->end || (*p != ' ' && *p != '/'))
		return NULL;
	gap = *p;
	p = month(lex, p + 1);
	if (p == NULL)
		return NULL;
	p = ev_lex_fit(lex, p, gap == '/' ? "/####:" : " #### ");
	return p != NULL ? time_of_day(lex, p, true) : NULL;
}

/* Jan  6 10:30:00, Jan  6 10:30:00 2026, Jan 6, 2026 10:30:00. */
static const char *
month_first(const struct ev_lex *lex, const char *p)
{
	const char *year;

	p = month(lex, p);
	if (p == NULL || !ev_lex_is(lex, p, ' '))
		return NULL;
	p = day(lex, p + 1);
	if (p == NULL)
		return NULL;
	year = ev_lex_fit(lex, p, ", ####");
	p = ev_lex_fit(lex, year != NULL ? year : p, " ");
	if (p == NULL)
		return NULL;
	p = time_of_day(lex, p, true);
	if (p == NULL)
		return NULL;
	year = ev_lex_fit(lex, p, " ####");
	return year != NULL && ev_lex_bound(lex, year) ? year : p;
}

static const char *
named(const struct ev_lex *lex, const char *p)
{
	const char *date = name(lex, p, "MonTueWedThuFriSatSun"), *end;

	if (date == NULL) {
		date = p;
	} else {
		date += ev_lex_is(lex, date, ',');
		if (!ev_lex_is(lex, date, ' '))
			return NULL;
		date++;
	}
	if (date >= lex->end)
		return NULL;
	end = day_first(lex, date);
	return end != NULL ? end : month_first(lex, date);
}

bool
ev_stamp_read(struct ev_lex *lex, const char *p, const char **next)
{
	const char *end;

	if (ev_is_digit(*p)) {
		end = numeric(lex, p);
		if (end == NULL)
			end = time_of_day(lex, p, false);
		if (end == NULL)
			end = compact(lex, p);
		if (end == NULL)
			end = day_first(lex, p);
	} else {
		end = ev_is_letter(*p) ? named(lex, p) : NULL;
	}
	*next = end != NULL ? end :
	    ev_is_word(*p)  ? ev_lex_word(lex, p) :
			      p + 1;
	return end != NULL;
}
