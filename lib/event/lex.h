/*
 * lex: what the readers of a message's tokens share (event/finger.h).
 *
 * A reader is asked at a place p of a text, in front of which no word character
 * stands when p is one itself.  It gives true when a token of its kind begins
 * there, and in *next the place behind what it has read: a token, or what holds
 * none.  One byte in front of p can be looked at.
 *
 * A token that was found already is one byte of 0xf8 to 0xff, which stands in
 * no UTF-8: no word character, no blank, and part of the URL or path that goes
 * on behind it.
 */
#ifndef EV_EVENT_LEX_H
#define EV_EVENT_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EV_LEX_FOUND	0xf8

struct ev_lex {
	const char	*start, *end;	/* the text */
	const char	*quoted;	/* behind the last opening ‘ or “ */
};

typedef bool ev_reader(struct ev_lex *lex, const char *p, const char **next);

static inline bool
ev_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ev_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
ev_is_hex(char c)
{
	return ev_is_digit(c) || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* True for the byte of a token that was found already. */
static inline bool
ev_lex_found(char c)
{
	return (unsigned char)c >= EV_LEX_FOUND;
}

/* A letter, digit or underscore of ASCII. */
static inline bool
ev_is_word(char c)
{
	/* bit c: 0-9 of 0x00 to 0x3f, A-Z _ a-z of 0x40 to 0x7f */
	static const uint64_t word[4] = { UINT64_C(0x03ff000000000000),
	    UINT64_C(0x07fffffe87fffffe), 0, 0 };
	unsigned char u = (unsigned char)c;

	return word[u >> 6] >> (u & 63) & 1;
}

static inline bool
ev_is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* True at the end and in front of anything but a word character. */
static inline bool
ev_lex_bound(const struct ev_lex *lex, const char *p)
{
	return p >= lex->end || !ev_is_word(*p);
}

/* True when the byte at p is there and is c. */
static inline bool
ev_lex_is(const struct ev_lex *lex, const char *p, char c)
{
	return p < lex->end && *p == c;
}

/* True at the start and behind a blank, quote, opening bracket or separator. */
static inline bool
ev_lex_opens(const struct ev_lex *lex, const char *p)
{
	return p == lex->start || ev_is_blank(p[-1]) ||
	    memchr("\"'`([{=:,;", p[-1], 10) != NULL;
}

static inline const char *
ev_lex_digits(const struct ev_lex *lex, const char *p)
{
	while (p < lex->end && ev_is_digit(*p))
		p++;
	return p;
}

static inline const char *
ev_lex_word(const struct ev_lex *lex, const char *p)
{
	while (p < lex->end && ev_is_word(*p))
		p++;
	return p;
}

/*
 * The end of a word in which a dot between two digits is a word character:
 * 1.5, v1.2.3.  Behind p itself when no word begins there.
 */
static inline const char *
ev_lex_dotted(const struct ev_lex *lex, const char *p)
{
	const char *from = p;

	while (p < lex->end && (ev_is_word(*p) || (*p == '.' && p > from &&
	    ev_is_digit(p[-1]) && p + 1 < lex->end && ev_is_digit(p[1]))))
		p++;
	return p > from ? p : p + 1;
}

/*
 * The end of the bytes that fit a pattern: '#' a digit, 'a' a letter, else the
 * character itself.  NULL: they do not.
 */
static inline const char *
ev_lex_fit(const struct ev_lex *lex, const char *p, const char *pattern)
{
	for (; *pattern != '\0'; pattern++, p++) {
		if (p >= lex->end)
			return NULL;
		if (*pattern == '#' ? !ev_is_digit(*p) :
		    *pattern == 'a' ? !ev_is_letter(*p) : *p != *pattern)
			return NULL;
	}
	return p;
}

#endif
