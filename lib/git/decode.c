#include "git/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"

#define LONGEST_NAME 40
#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* Appends what is UTF-8; the rest and NUL replaced. */
static void
add_clean(const char *p, const char *end, struct ev_buf *out)
{
	const char *start = p;
	uint32_t cp;
	int n;

	while (p < end) {
		n = *p == '\0' ? 0 : ev_utf8_next(p, end, &cp);
		if (n > 0) {
			p += n;
			continue;
		}
		ev_buf_add(out, start, (size_t)(p - start));
		ev_buf_adds(out, REPLACEMENT);
		start = ++p;
	}
	ev_buf_add(out, start, (size_t)(end - start));
}

/*
 * The converter, or (iconv_t)-1.  A commit is anybody's: only what looks like
 * the name of an encoding reaches iconv, none of its modifiers and no path.
 */
static iconv_t
open_converter(struct ev_slice encoding)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789_-.:";
	iconv_t converter = (iconv_t)-1;
	char *name = ev_memdup(encoding.p, encoding.n);

	if (encoding.n <= LONGEST_NAME && strspn(name, allowed) == encoding.n &&
	    strcasecmp(name, "utf-8") != 0 && strcasecmp(name, "utf8") != 0)
		converter = iconv_open("UTF-8", name);
	free(name);
	return converter;
}

static void
convert(iconv_t converter, struct ev_slice text, struct ev_buf *out)
{
	char *in = ev_memdup(text.p, text.n), *from = in, *to;
	size_t left = text.n, room;

	while (left > 0) {
		/* an encoding may owe more than it has read */
		ev_buf_reserve(out, left * 2 + 64);
		to = out->p + out->n;
		room = out->cap - out->n;
		if (iconv(converter, &from, &left, &to, &room) != (size_t)-1 ||
		    errno == E2BIG) {
			out->n = (size_t)(to - out->p);
			continue;
		}
		out->n = (size_t)(to - out->p);
		ev_buf_adds(out, REPLACEMENT);
		from++;
		left--;
	}
	free(in);
}

void
ev_git_decode(
    struct ev_slice text, struct ev_slice encoding, struct ev_buf *out)
{
	struct ev_buf converted = EV_BUF_INIT;
	iconv_t converter = (iconv_t)-1;

	if (encoding.n > 0)
		converter = open_converter(encoding);
	if (converter != (iconv_t)-1) {
		convert(converter, text, &converted);
		iconv_close(converter);
		text = ev_buf_slice(&converted);
	}
	if (text.n > 0)
		add_clean(text.p, text.p + text.n, out);
	ev_buf_clear(&converted);
}
