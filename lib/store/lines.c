#include "store/lines.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "json/scan.h"

#define BLOCK (256u << 10)

void
ev_lines_begin(struct ev_lines *lines, int fd, uint64_t from, uint64_t end)
{
	*lines = (struct ev_lines){
		.file = EV_CHAIN_FILE(fd), .at = from, .end = end
	};
}

void
ev_lines_of(
    struct ev_lines *lines, struct ev_chain *log, uint64_t from, uint64_t end)
{
	*lines = (struct ev_lines){ .log = log, .at = from, .end = end };
}

void
ev_lines_clear(struct ev_lines *lines)
{
	ev_buf_clear(&lines->buf);
}

/* What is loaded has no end: a gap follows.  Goes on behind it. */
static void
leap(struct ev_lines *lines, const struct ev_gap *gap)
{
	lines->at = gap->to;
	lines->buf.n = lines->pos = 0;
}

/* Reads on behind what is there; 0 when there is no more. */
static ssize_t
fill(struct ev_lines *lines)
{
	struct ev_chain *in = lines->log != NULL ? lines->log : &lines->file;
	const struct ev_gap *gap;
	uint64_t from = lines->at + lines->buf.n;
	size_t n = BLOCK;
	ssize_t got;

	if (from >= lines->end)
		return 0;
	if (lines->until > 0 && ev_clock_mono() >= lines->until) {
		errno = ETIMEDOUT;
		return -1;
	}
	if (lines->end - from < n)
		n = (size_t)(lines->end - from);
	ev_buf_reserve(&lines->buf, n + EV_SCAN_PAD);
	got = ev_chain_read(in, lines->buf.p + lines->buf.n, n, from);
	if (got > 0)
		lines->buf.n += (size_t)got;
	gap = got < 0 && errno == ENODATA ? ev_chain_gap(in, from) : NULL;
	if (gap == NULL)
		return got;
	leap(lines, gap);
	return 1;
}

/* Forgets the lines that were given. */
static void
shift(struct ev_lines *lines)
{
	lines->buf.n -= lines->pos;
	memmove(lines->buf.p, lines->buf.p + lines->pos, lines->buf.n);
	lines->at += lines->pos;
	lines->pos = 0;
}

/* The rest of a line of which only its first bytes are loaded. */
static int
skip_long(struct ev_lines *lines, struct ev_slice *line, uint64_t *at)
{
	size_t n = lines->buf.n;
	uint64_t next;
	ssize_t got;
	char *lf;

	*at = lines->at;
	for (;;) {
		lines->at = next = lines->at + lines->buf.n;
		lines->buf.n = 0;
		got = fill(lines);
		if (got <= 0)
			return (int)got;
		if (lines->at != next)
			return ev_lines_next(lines, line, at);
		lf = memchr(lines->buf.p, '\n', lines->buf.n);
		if (lf != NULL)
			break;
		n += lines->buf.n;
	}
	lines->pos = (size_t)(lf - lines->buf.p) + 1;
	*line = (struct ev_slice){ NULL, n + lines->pos - 1 };
	return 1;
}

int
ev_lines_next(struct ev_lines *lines, struct ev_slice *line, uint64_t *at)
{
	size_t seen = lines->pos;
	char *lf = NULL;
	ssize_t got;

	for (;;) {
		if (lines->buf.n > seen)
			lf = memchr(
			    lines->buf.p + seen, '\n', lines->buf.n - seen);
		if (lf != NULL)
			break;
		if (lines->pos > 0)
			shift(lines);
		seen = lines->buf.n;
		if (seen > EV_LINES_LONGEST)
			return skip_long(lines, line, at);
		got = fill(lines);
		if (got <= 0)
			return (int)got;
		if (lines->buf.n < seen)
			seen = 0; /* a gap cut the line off */
	}
	*at = lines->at + lines->pos;
	*line = (struct ev_slice){ lines->buf.p + lines->pos,
		(size_t)(lf - lines->buf.p) - lines->pos };
	lines->pos += line->n + 1;
	if (line->n > EV_LINES_LONGEST)
		line->p = NULL;
	return 1;
}

int
ev_lines_at(struct ev_lines *lines, uint64_t at, struct ev_slice *line)
{
	uint64_t where;

	if (at >= lines->at && at - lines->at <= lines->buf.n) {
		lines->pos = (size_t)(at - lines->at);
	} else {
		lines->at = at;
		lines->buf.n = 0;
		lines->pos = 0;
	}
	return ev_lines_next(lines, line, &where);
}
