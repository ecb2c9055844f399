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
 * The name of an encoding that is not UTF-8, for free(), or NULL.  A commit is
 * anybody's: only what looks like such a name reaches iconv, none of its
 * modifiers and no path.
 */
static char *
name_of(struct ev_slice encoding)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789_-.:";
	char *name;

	if (encoding.n == 0 || encoding.n > LONGEST_NAME)
		return NULL;
	name = ev_memdup(encoding.p, encoding.n);
	if (strspn(name, allowed) == encoding.n &&
	    strcasecmp(name, "utf-8") != 0 && strcasecmp(name, "utf8") != 0)
		return name;
	free(name);
	return NULL;
}

/* As iconv(3), to the end of the buffer, which grows; in NULL: the rest that
 * the encoding owes. */
static size_t
step(iconv_t converter, char **in, size_t *left, struct ev_buf *out)
{
	size_t room, r;
	char *to;

	ev_buf_reserve(out, (in != NULL ? *left * 2 : 0) + 64);
	to = out->p + out->n;
	room = out->cap - out->n;
	r = iconv(converter, in, left, &to, &room);
	out->n = (size_t)(to - out->p);
	return r;
}

/* Appends a text in this encoding. */
static void
convert(iconv_t converter, struct ev_slice text, struct ev_buf *out)
{
	char *in = ev_memdup(text.p, text.n), *from = in;
	size_t left = text.n;

	while (left > 0) {
		if (step(converter, &from, &left, out) != (size_t)-1 ||
		    errno == E2BIG)
			continue;
		ev_buf_adds(out, REPLACEMENT);
		from++;
		left--;
	}
	step(converter, NULL, NULL, out);
	free(in);
}

void
ev_git_decode(
    struct ev_slice text, struct ev_slice encoding, struct ev_buf *out)
{
	struct ev_buf converted = EV_BUF_INIT;
	char *name = name_of(encoding);
	iconv_t converter;

	if (name != NULL) {
		converter = iconv_open("UTF-8", name);
		if (converter != (iconv_t)-1) {
			convert(converter, text, &converted);
			text = ev_buf_slice(&converted);
		}
		/* an unknown encoding's, too: that is EBADF */
		iconv_close(converter);
		free(name);
	}
	if (text.n > 0)
		add_clean(text.p, text.p + text.n, out);
	ev_buf_clear(&converted);
}
