#include "event/amount.h"

#define MICRO_SIZE 2 /* bytes of a micro sign: U+00B5 or U+03BC */

/* clang-format off */
/* apart: also with a blank in front. */
static const struct {
	const char *name;
	bool apart;
} unit[] = {
	{ "ns", true }, { "us", true }, { "ms", true }, { "s", true },
	{ "\xc2\xb5s", true }, { "\xce\xbcs", true },
	{ "m", false }, { "h", false }, { "d", false }, { "w", false },
	{ "nsec", true }, { "usec", true }, { "msec", true },
	{ "sec", true }, { "secs", true }, { "second", true },
	{ "seconds", true }, { "millisecond", true },
	{ "milliseconds", true }, { "microsecond", true },
	{ "microseconds", true }, { "nanosecond", true },
	{ "nanoseconds", true }, { "min", true }, { "mins", true },
	{ "minute", true }, { "minutes", true }, { "hr", true },
	{ "hrs", true }, { "hour", true }, { "hours", true },
	{ "day", true }, { "days", true }, { "week", true },
	{ "weeks", true },
	{ "k", false }, { "K", false }, { "M", false }, { "G", false },
	{ "T", false }, { "B", true }, { "byte", true }, { "bytes", true },
	{ "kB", true }, { "KB", true }, { "kb", true }, { "KiB", true },
	{ "MB", true }, { "mb", true }, { "MiB", true },
	{ "GB", true }, { "gb", true }, { "GiB", true },
	{ "TB", true }, { "TiB", true }, { "PB", true }, { "PiB", true },
};
/* clang-format on */

/* The end of the unit at p, or NULL. */
static const char *
unit_end(const struct ev_lex *lex, const char *p, bool apart)
{
	const char *end = p;
	size_t i, n;

	if (lex->end - p > MICRO_SIZE && (*p == '\xc2' || *p == '\xce'))
		end += MICRO_SIZE;
	while (end < lex->end && ev_is_letter(*end))
		end++;
	n = (size_t)(end - p);
	for (i = 0; n > 0 && i < sizeof(unit) / sizeof(unit[0]); i++)
		if ((unit[i].apart || !apart) && strlen(unit[i].name) == n &&
		    memcmp(unit[i].name, p, n) == 0)
			return end;
	return NULL;
}

/* The end of the digits, fraction and exponent at p. */
static const char *
number_end(const struct ev_lex *lex, const char *p)
{
	const char *end;

	p = ev_lex_digits(lex, p);
	if (ev_lex_is(lex, p, '.')) {
		end = ev_lex_digits(lex, p + 1);
		if (end > p + 1)
			p = end;
	}
	if (p < lex->end && (*p == 'e' || *p == 'E')) {
		end = p + 1;
		if (ev_lex_is(lex, end, '+') || ev_lex_is(lex, end, '-'))
			end++;
		if (end < lex->end && ev_is_digit(*end))
			p = ev_lex_digits(lex, end);
	}
	return p;
}

/*
 * The first digit of the number that begins at p, perhaps with a sign; NULL:
 * none does.
 */
static const char *
first_digit(const struct ev_lex *lex, const char *p)
{
	if (*p == '+' || *p == '-') {
		if (!ev_lex_opens(lex, p))
			return NULL;
		p++;
	}
	return p < lex->end && ev_is_digit(*p) ? p : NULL;
}

/* True when the number that ends at p is a word of its own. */
static bool
is_bare(const struct ev_lex *lex, const char *p)
{
	return ev_lex_bound(lex, p) &&
	    !(ev_lex_is(lex, p, '.') && p + 1 < lex->end && ev_is_digit(p[1]));
}

/* The end of what makes the number that ends at p a quantity, or NULL. */
static const char *
units(const struct ev_lex *lex, const char *p)
{
	bool apart = p < lex->end && ev_is_blank(*p);

	p += apart;
	if (ev_lex_is(lex, p, '%'))
		return p + 1;
	p = unit_end(lex, p, apart);
	while (!apart && p != NULL && p < lex->end && ev_is_digit(*p))
		p = unit_end(lex, number_end(lex, p), false);
	return p;
}

bool
ev_amount_quantity(struct ev_lex *lex, const char *p, const char **next)
{
	const char *digit = first_digit(lex, p), *end;

	*next = ev_lex_dotted(lex, p);
	if (digit == NULL)
		return false;
	end = units(lex, number_end(lex, digit));
	if (end == NULL || !ev_lex_bound(lex, end))
		return false;
	*next = end;
	return true;
}

bool
ev_amount_number(struct ev_lex *lex, const char *p, const char **next)
{
	const char *digit = first_digit(lex, p), *end;

	*next = ev_lex_dotted(lex, p);
	if (digit == NULL)
		return false;
	end = number_end(lex, digit);
	if (!is_bare(lex, end))
		return false;
	*next = end;
	return true;
}
