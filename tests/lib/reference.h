/*
 * reference: the plainest possible reading of RFC 8259, one byte at a time.
 *
 * The scanner is measured against it.  It shares the scanner's rules on what
 * the RFC leaves open: depth 128, no line end inside a line, UTF-8 only, and
 * which reason goes with which fault.
 */
#ifndef EV_REFERENCE_H
#define EV_REFERENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "json/scan.h"

struct ref {
	const unsigned char *p;
	size_t n;
	size_t i;		/* the next byte */
	enum ev_scan bad;	/* EV_SCAN_OK so far, or why not, at i */
};

static inline int
ref_peek(const struct ref *r)
{
	return r->i < r->n ? r->p[r->i] : -1;
}

/* The bytes of the UTF-8 character at i by the table of RFC 3629; 0: none. */
static inline size_t
ref_utf8(const struct ref *r, size_t i)
{
	static const unsigned char row[][4] = {
		/* first byte from, to; second byte from, to */
		{ 0x00, 0x7f, 0, 0 }, { 0xc2, 0xdf, 0x80, 0xbf },
		{ 0xe0, 0xe0, 0xa0, 0xbf }, { 0xe1, 0xec, 0x80, 0xbf },
		{ 0xed, 0xed, 0x80, 0x9f }, { 0xee, 0xef, 0x80, 0xbf },
		{ 0xf0, 0xf0, 0x90, 0xbf }, { 0xf1, 0xf3, 0x80, 0xbf },
		{ 0xf4, 0xf4, 0x80, 0x8f },
	};
	static const size_t len[] = { 1, 2, 3, 3, 3, 3, 4, 4, 4 };
	size_t k, j;

	for (k = 0; k < sizeof(len) / sizeof(*len); k++) {
		if (r->p[i] < row[k][0] || r->p[i] > row[k][1])
			continue;
		if (i + len[k] > r->n)
			return 0;
		for (j = 1; j < len[k]; j++)
			if (r->p[i + j] < (j == 1 ? row[k][2] : 0x80) ||
			    r->p[i + j] > (j == 1 ? row[k][3] : 0xbf))
				return 0;
		return len[k];
	}
	return 0;
}

static inline bool
ref_fail(struct ref *r)
{
	int c = ref_peek(r);

	if (c < 0)
		r->bad = EV_SCAN_TORN;
	else if (c == 0)
		r->bad = EV_SCAN_NUL;
	else if (ref_utf8(r, r->i) == 0)
		r->bad = EV_SCAN_UTF8;
	else
		r->bad = EV_SCAN_SYNTAX;
	return false;
}

static inline void
ref_blanks(struct ref *r)
{
	while (ref_peek(r) == ' ' || ref_peek(r) == '\t' ||
	    ref_peek(r) == '\r')
		r->i++;
}

static inline bool
ref_expect(struct ref *r, const char *word)
{
	for (; *word != '\0'; word++, r->i++)
		if (ref_peek(r) != (unsigned char)*word)
			return ref_fail(r);
	return true;
}

static inline int
ref_hex(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static inline bool
ref_escape(struct ref *r)
{
	int k;

	r->i++;
	switch (ref_peek(r)) {
	case '"': case '\\': case '/': case 'b': case 'f': case 'n':
	case 'r': case 't':
		r->i++;
		return true;
	case 'u':
		r->i++;
		for (k = 0; k < 4; k++, r->i++)
			if (ref_hex(ref_peek(r)) < 0)
				break;
		if (k == 4)
			return true;
		break;
	}
	/* in a string what is wrong is the escape, not the character */
	if (ref_peek(r) > 0)
		r->bad = EV_SCAN_SYNTAX;
	else
		ref_fail(r);
	return false;
}

/* Bytes that are not UTF-8: torn when a character's beginning ends the text. */
static inline bool
ref_wide(struct ref *r)
{
	size_t len = ref_utf8(r, r->i), j = r->i + 1;

	if (len > 0) {
		r->i += len;
		return true;
	}
	while (j < r->n && (r->p[j] & 0xc0) == 0x80)
		j++;
	if (j == r->n && j - r->i < 4)
		r->i = j;
	return ref_fail(r);
}

static inline bool
ref_string(struct ref *r, bool *escaped)
{
	int c;

	*escaped = false;
	if (!ref_expect(r, "\""))
		return false;
	for (;;) {
		c = ref_peek(r);
		if (c == '"') {
			r->i++;
			return true;
		}
		if (c < 0x20)
			return ref_fail(r);
		if (c == '\\') {
			*escaped = true;
			if (!ref_escape(r))
				return false;
		} else if (c >= 0x80) {
			if (!ref_wide(r))
				return false;
		} else {
			r->i++;
		}
	}
}

static inline bool
ref_digits(struct ref *r)
{
	if (ref_peek(r) < '0' || ref_peek(r) > '9')
		return ref_fail(r);
	while (ref_peek(r) >= '0' && ref_peek(r) <= '9')
		r->i++;
	return true;
}

static inline bool
ref_number(struct ref *r)
{
	if (ref_peek(r) == '-')
		r->i++;
	if (ref_peek(r) == '0')
		r->i++;
	else if (!ref_digits(r))
		return false;
	if (ref_peek(r) == '.') {
		r->i++;
		if (!ref_digits(r))
			return false;
	}
	if (ref_peek(r) == 'e' || ref_peek(r) == 'E') {
		r->i++;
		if (ref_peek(r) == '+' || ref_peek(r) == '-')
			r->i++;
		return ref_digits(r);
	}
	return true;
}

static inline bool ref_value(struct ref *r, int depth);

static inline bool
ref_members(struct ref *r, int depth, bool object)
{
	char close = object ? '}' : ']';
	bool escaped;

	r->i++;
	ref_blanks(r);
	if (ref_peek(r) == close) {
		r->i++;
		return true;
	}
	for (;;) {
		if (object) {
			if (!ref_string(r, &escaped))
				return false;
			ref_blanks(r);
			if (!ref_expect(r, ":"))
				return false;
			ref_blanks(r);
		}
		if (!ref_value(r, depth))
			return false;
		ref_blanks(r);
		if (ref_peek(r) == close) {
			r->i++;
			return true;
		}
		if (!ref_expect(r, ","))
			return false;
		ref_blanks(r);
	}
}

/* A value inside `depth` containers. */
static inline bool
ref_value(struct ref *r, int depth)
{
	bool escaped;

	switch (ref_peek(r)) {
	case '{':
	case '[':
		if (depth == EV_SCAN_DEPTH) {
			r->bad = EV_SCAN_DEEP;
			return false;
		}
		return ref_members(r, depth + 1, ref_peek(r) == '{');
	case '"':
		return ref_string(r, &escaped);
	case 't':
		return ref_expect(r, "true");
	case 'f':
		return ref_expect(r, "false");
	case 'n':
		return ref_expect(r, "null");
	default:
		return ref_number(r);
	}
}

/* As ev_scan_value; *from: where the value begins, *at: its end or the fault. */
static inline enum ev_scan
ref_text(const void *p, size_t n, size_t *from, size_t *at)
{
	struct ref r = { p, n, 0, EV_SCAN_OK };

	ref_blanks(&r);
	*from = r.i;
	*at = r.i;
	if (r.i == n)
		return EV_SCAN_BLANK;
	if (ref_value(&r, 0)) {
		*at = r.i;
		ref_blanks(&r);
		if (r.i == n)
			return EV_SCAN_OK;
		ref_fail(&r);
	}
	*at = r.i;
	return r.bad;
}

#endif
