#include "json/quote.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "json/token.h"

/* Copies what stands in front of the next backslash, or end; up to 8 bytes
 * more are written. */
static inline char *
copy_plain(char *to, const char **at, const char *end)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const char *p = *at;
	uint64_t v, diff;

	for (; end - p >= 8; p += 8, to += 8) {
		memcpy(&v, p, 8);
		memcpy(to, &v, 8);
		diff = v ^ ones * '\\';
		if (((diff - ones) & ~diff & ones << 7) != 0)
			break;
	}
	while (p < end && *p != '\\')
		*to++ = *p++;
	*at = p;
	return to;
}

void
ev_unquote(struct ev_buf *out, const struct ev_val *string)
{
	const char *p = string->p, *end = p + string->n;
	char *to;

	/* no escape is shorter than what it means */
	ev_buf_reserve(out, (size_t)string->n + 8);
	to = out->p + out->n;
	for (;;) {
		to = copy_plain(to, &p, end);
		if (p == end)
			break;
		if (p[1] == '"' || p[1] == '\\' || p[1] == '/') {
			*to++ = p[1];
			p += 2;
			continue;
		}
		out->n = (size_t)(to - out->p);
		ev_utf8_put(out, ev_token_unescape(&p));
		to = out->p + out->n;
	}
	out->n = (size_t)(to - out->p);
}

struct ev_slice
ev_val_text(const struct ev_val *val, struct ev_buf *scratch)
{
	if (val->kind == EV_NONE || val->kind == EV_NULL)
		return EV_SLICE("");
	if (val->kind != EV_STRING || !val->escaped)
		return ev_val_slice(val);
	ev_buf_reset(scratch);
	ev_unquote(scratch, val);
	return ev_buf_slice(scratch);
}

bool
ev_val_eq(const struct ev_val *val, struct ev_slice text)
{
	const char *p = val->p, *end = p + val->n;
	const char *q = text.p, *stop = q + text.n;
	char room[8];
	struct ev_buf one = { room, 0, sizeof(room) };

	if (val->kind != EV_STRING)
		return false;
	if (!val->escaped)
		return ev_slice_eq(ev_val_slice(val), text);
	while (p < end) {
		one.n = 0;
		if (*p == '\\')
			ev_utf8_put(&one, ev_token_unescape(&p));
		else
			room[one.n++] = *p++;
		if ((size_t)(stop - q) < one.n || memcmp(q, room, one.n) != 0)
			return false;
		q += one.n;
	}
	return q == stop;
}

bool
ev_val_is(const struct ev_val *val, const char *text)
{
	return ev_val_eq(val, ev_slice_of(text));
}

static void
add_u(struct ev_buf *out, uint32_t cp)
{
	char text[8];

	snprintf(text, sizeof(text), "\\u%04x", (unsigned)(cp & 0xffff));
	ev_buf_add(out, text, 6);
}

/*
 * Appends the character at p, which is unsafe, not ASCII, or must be escaped;
 * gives the place behind it.
 */
static const char *
quote_one(struct ev_buf *out, const char *p, const char *end)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	const char *known = memchr(from, *p, sizeof(from) - 1);
	struct ev_utf16 unit = { p, end, 0 };
	uint32_t cp = 0;
	uint16_t half;
	int n;

	if (known != NULL) {
		ev_buf_addc(out, '\\');
		ev_buf_addc(out, to[known - from]);
		return p + 1;
	}
	n = ev_utf8_next(p, end, &cp);
	if (n > 0 && !ev_utf8_unsafe(cp)) {
		ev_buf_add(out, p, (size_t)n);
		return p + n;
	}
	/* unsafe, a lone surrogate that was unquoted, or U+FFFD for a byte */
	ev_utf16_next(&unit, &half);
	add_u(out, half);
	return unit.p;
}

static inline bool
is_plain(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void
ev_quote(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n, *from;

	ev_buf_reserve(out, text.n + 2);
	ev_buf_addc(out, '"');
	while (p < end) {
		for (from = p; p < end && is_plain(*p);)
			p++;
		ev_buf_add(out, from, (size_t)(p - from));
		if (p < end)
			p = quote_one(out, p, end);
	}
	ev_buf_addc(out, '"');
}

/*
 * The first DEL or lead byte of a character that may be unsafe, or end.  C0
 * stands in no sound JSON string.
 */
static const char *
suspect(const char *p, const char *end)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	unsigned char c;
	uint64_t v;

	for (;;) {
		for (; end - p >= 8; p += 8) {
			memcpy(&v, p, 8);
			if ((((v + ones) | v) & ones << 7) != 0)
				break;
		}
		if (p == end)
			return end;
		c = (unsigned char)*p;
		if (c == 0x7f || c == 0xc2 || c == 0xd8 || c == 0xe2)
			return p;
		p++;
	}
}

void
ev_quote_unsafe(struct ev_buf *json)
{
	struct ev_buf out = EV_BUF_INIT;
	const char *p = json->p, *end, *from = p;
	uint32_t cp;
	int n;

	if (json->n == 0)
		return;
	end = p + json->n;
	while ((p = suspect(p, end)) < end) {
		n = ev_utf8_next(p, end, &cp);
		if (n == 0 || !ev_utf8_unsafe(cp)) {
			p += n > 0 ? n : 1;
			continue;
		}
		ev_buf_add(&out, from, (size_t)(p - from));
		add_u(&out, cp);
		p += n;
		from = p;
	}
	if (from == json->p)
		return;
	ev_buf_add(&out, from, (size_t)(end - from));
	ev_buf_clear(json);
	*json = out;
}
