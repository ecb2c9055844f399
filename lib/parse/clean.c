#include "parse/clean.h"

#include <stdbool.h>

#include "base/utf8.h"
#include "event/lex.h"
#include "text/ansi.h"

#define UNKNOWN 0xfffd /* U+FFFD REPLACEMENT CHARACTER */

static bool
is_clean(struct ev_slice line)
{
	size_t i;

	for (i = 0; i < line.n; i++)
		if (line.p[i] == EV_ANSI_ESC || line.p[i] == '\r' ||
		    line.p[i] == '\0' || (line.p[i] & 0x80) != 0)
			break;
	if (i == line.n)
		return true;
	return memchr(line.p, EV_ANSI_ESC, line.n) == NULL &&
	    memchr(line.p, '\r', line.n) == NULL &&
	    memchr(line.p, '\0', line.n) == NULL &&
	    ev_utf8_valid(line.p, line.n);
}

static struct ev_slice
trim_end(struct ev_slice line)
{
	while (line.n > 0 && ev_is_blank(line.p[line.n - 1]))
		line.n--;
	return line;
}

struct ev_slice
ev_clean_line(struct ev_buf *out, struct ev_slice line)
{
	const char *p, *end;
	uint32_t cp;
	bool home;
	int n;

	line = trim_end(line);
	if (is_clean(line))
		return line;
	ev_buf_reset(out);
	ev_buf_reserve(out, line.n);
	for (p = line.p, end = p + line.n; p < end;) {
		home = *p == '\r';
		if (*p == EV_ANSI_ESC) {
			home = ev_ansi_home(p, end);
			p = ev_ansi_skip(p, end);
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
	return trim_end(ev_buf_slice(out));
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
