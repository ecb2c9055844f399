#include "parse/clean.h"

#include <stdbool.h>

#include "base/utf8.h"

#define ESC '\x1b'
#define BEL '\a'
#define UNKNOWN 0xfffd /* U+FFFD REPLACEMENT CHARACTER */

/* Behind the bytes of [low, high] from p on. */
static const char *
while_in(const char *p, const char *end, char low, char high)
{
	while (p < end && *p >= low && *p <= high)
		p++;
	return p;
}

/*
 * p: an ESC; gives the place behind its sequence (ECMA-48 5.4, 8.3.89).  *home:
 * it goes to the first column.
 */
static const char *
skip_escape(const char *p, const char *end, bool *home)
{
	const char *from;

	*home = false;
	if (++p == end)
		return p;
	if (*p == ']') {
		while (p < end && *p != BEL && *p != ESC)
			p++;
		if (end - p >= 2 && p[0] == ESC && p[1] == '\\')
			return p + 2;
		return p < end && *p == BEL ? p + 1 : p;
	}
	if (*p == '[') {
		from = ++p;
		p = while_in(p, end, 0x30, 0x3f);
		*home = p < end && *p == 'G' &&
		    (p == from || (p - from == 1 && *from == '1'));
		p = while_in(p, end, 0x20, 0x2f);
		return p < end && *p >= 0x40 && *p <= 0x7e ? p + 1 : p;
	}
	p = while_in(p, end, 0x20, 0x2f);
	return p < end && *p >= 0x30 && *p <= 0x7e ? p + 1 : p;
}

static bool
is_clean(struct ev_slice line)
{
	size_t i;

	for (i = 0; i < line.n; i++)
		if (line.p[i] == ESC || line.p[i] == '\r' ||
		    line.p[i] == '\0' || (line.p[i] & 0x80) != 0)
			break;
	if (i == line.n)
		return true;
	return memchr(line.p, ESC, line.n) == NULL &&
	    memchr(line.p, '\r', line.n) == NULL &&
	    memchr(line.p, '\0', line.n) == NULL &&
	    ev_utf8_valid(line.p, line.n);
}

struct ev_slice
ev_clean_line(struct ev_buf *out, struct ev_slice line)
{
	const char *p, *end;
	uint32_t cp;
	bool home;
	int n;

	while (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	if (is_clean(line))
		return line;
	ev_buf_reset(out);
	ev_buf_reserve(out, line.n);
	for (p = line.p, end = p + line.n; p < end;) {
		home = *p == '\r';
		if (*p == ESC) {
			p = skip_escape(p, end, &home);
		} else if (home) {
			p++;
		} else {
			n = ev_utf8_next(p, end, &cp);
			ev_utf8_put(out, n == 0 || cp == 0 ? UNKNOWN : cp);
			p += n > 0 ? n : 1;
		}
		if (home)
			ev_buf_reset(out);
	}
	return ev_buf_slice(out);
}

void
ev_clean_add(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n;
	uint32_t cp;
	int n;

	ev_buf_reserve(out, text.n + 1);
	for (; p<end; p += n> 0 ? n : 1) {
		n = ev_utf8_next(p, end, &cp);
		ev_utf8_put(out, n == 0 || cp == 0 ? UNKNOWN : cp);
	}
}
