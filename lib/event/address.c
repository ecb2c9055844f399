#include "event/address.h"

#define GROUPS 8 /* of an IPv6 address */

/* :port, or p itself. */
static const char *
port(const struct ev_lex *lex, const char *p)
{
	const char *end;

	if (!ev_lex_is(lex, p, ':'))
		return p;
	end = ev_lex_digits(lex, p + 1);
	return end > p + 1 && end - p <= 6 && ev_lex_bound(lex, end) ? end : p;
}

/* The end of four numbers with dots and nothing more, or NULL. */
static const char *
ip4(const struct ev_lex *lex, const char *p)
{
	const char *end = ev_lex_dotted(lex, p), *from;
	int i, value;

	for (i = 0; i < 4; i++) {
		value = 0;
		for (from = p; p < end && ev_is_digit(*p) && p - from < 3; p++)
			value = value * 10 + (*p - '0');
		if (p == from || value > 255)
			return NULL;
		if (i < 3 && (p >= end || *p++ != '.'))
			return NULL;
	}
	return p == end ? p : NULL;
}

static const char *
group(const struct ev_lex *lex, const char *p)
{
	const char *from = p;

	while (p < lex->end && ev_is_hex(*p) && p - from < 4)
		p++;
	return p;
}

/* The groups from p on; counts them, and the "::" in *gaps. */
static const char *
groups(const struct ev_lex *lex, const char *p, int *count, int *gaps)
{
	const char *end, *tail;

	for (;;) {
		if (ev_lex_is(lex, p, ':') && ev_lex_is(lex, p + 1, ':')) {
			++*gaps;
			p += 2;
		} else if (*count > 0) {
			if (!ev_lex_is(lex, p, ':') ||
			    group(lex, p + 1) == p + 1)
				return p;
			p++;
		}
		end = group(lex, p);
		if (end == p || *gaps > 1 || *count == GROUPS)
			return p;
		tail = ev_lex_is(lex, end, '.') ? ip4(lex, p) : NULL;
		*count += tail != NULL ? 2 : 1;
		if (tail != NULL)
			return tail;
		p = end;
	}
}

static bool
has_digit(const char *p, const char *end)
{
	while (p < end && !ev_is_digit(*p))
		p++;
	return p < end;
}

/*
 * True when what stands behind groups makes them none, now or (a later step
 * having found something there) when the text is normalised again.
 */
static bool
goes_on(const struct ev_lex *lex, const char *p)
{
	if (ev_lex_is(lex, p, ':'))
		return p + 1 < lex->end && !ev_is_blank(p[1]);
	return p < lex->end && (*p == '<' || ev_lex_found(*p));
}

static const char *
ip6(const struct ev_lex *lex, const char *p)
{
	const char *end;
	int count = 0, gaps = 0;

	end = groups(lex, p, &count, &gaps);
	if (gaps > 1 || count == 0 ||
	    (gaps == 1 ? count >= GROUPS : count != GROUPS) ||
	    !ev_lex_bound(lex, end) || !has_digit(p, end))
		return NULL;
	if (goes_on(lex, end))
		return NULL;
	if (ev_lex_is(lex, end, '%') && !ev_lex_bound(lex, end + 1))
		end = ev_lex_word(lex, end + 1);
	return end;
}

static const char *
bracketed(const struct ev_lex *lex, const char *p)
{
	const char *end = ip6(lex, p + 1);

	if (end == NULL || !ev_lex_is(lex, end, ']'))
		return NULL;
	return port(lex, end + 1);
}

bool
ev_address_ip(struct ev_lex *lex, const char *p, const char **next)
{
	const char *end = NULL;
	char before = p > lex->start ? p[-1] : ' ';

	*next = ev_lex_dotted(lex, p);
	if (*p == '[') {
		end = bracketed(lex, p);
	} else if (*p == ':' || ev_is_hex(*p)) {
		if (ev_is_digit(*p) && before != '.')
			end = ip4(lex, p);
		if (end != NULL)
			end = port(lex, end);
		else if (before != ':' && ev_lex_opens(lex, p))
			end = ip6(lex, p);
	}
	if (end != NULL)
		*next = end;
	return end != NULL;
}

/* The three bytes of a quotation mark of U+2018 to U+201F, or not. */
static bool
is_quote(const struct ev_lex *lex, const char *p)
{
	return lex->end - p >= 3 && memcmp(p, "\xe2\x80", 2) == 0 &&
	    (unsigned char)p[2] >= 0x98 && (unsigned char)p[2] <= 0x9f;
}

/* Moves back over the characters of `none` that end [from, p). */
static const char *
trim(const char *from, const char *p, const char *none)
{
	while (p > from && strchr(none, p[-1]) != NULL)
		p--;
	return p;
}

bool
ev_address_url(struct ev_lex *lex, const char *p, const char **next)
{
	const char *end = p, *from;

	*next = p + 1;
	if (!ev_is_letter(*p))
		return false;
	while (end < lex->end &&
	    (ev_is_letter(*end) || ev_is_digit(*end) || *end == '+' ||
		*end == '-' || *end == '.'))
		end++;
	*next = end;
	from = ev_lex_fit(lex, end, "://");
	if (from == NULL)
		return false;
	for (end = from; end < lex->end && (unsigned char)*end > ' ' &&
	     strchr("\"'`<>)]}\\\x7f", *end) == NULL && !is_quote(lex, end);)
		end++;
	end = trim(from, end, ".,;:!?");
	if (end == from)
		return false;
	*next = end;
	return true;
}

/* The end of a path's names from p, behind its first slashes; or NULL. */
static const char *
names(const struct ev_lex *lex, const char *p, bool drive)
{
	const char *from = p;

	if (p >= lex->end || is_quote(lex, p) ||
	    (!ev_is_word(*p) && (unsigned char)*p < 0x80 &&
		strchr(".~@-+%$", *p) == NULL))
		return NULL;
	while (p < lex->end && (unsigned char)*p > ' ' &&
	    strchr("\"'`()[]{}<>,;:|\x7f", *p) == NULL &&
	    (drive || *p != '\\') && !is_quote(lex, p))
		p++;
	p = trim(from, p, ".!?");
	return p > from ? p : NULL;
}

bool
ev_address_path(struct ev_lex *lex, const char *p, const char **next)
{
	const char *end = NULL, *from = p;
	bool drive = ev_is_letter(*p) && ev_lex_is(lex, p + 1, ':');

	*next = ev_is_word(*p) ? ev_lex_word(lex, p) : p + 1;
	if (is_quote(lex, p)) {
		*next = p + 3;
		lex->quoted = *next;
		return false;
	}
	if (drive)
		from = p + 2;
	else if (p != lex->quoted && !ev_lex_opens(lex, p))
		return false;
	p = from;
	while (p < lex->end && (*p == '/' || (drive && *p == '\\')))
		p++;
	if (p > from)
		end = names(lex, p, drive);
	if (end != NULL)
		*next = end;
	return end != NULL;
}
