#include "emit/intake.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "json/scan.h"
#include "json/stream.h"

#define PAGE 4096u
#define PIECE ((size_t)1 << 20) /* read at once */

enum layout { UNKNOWN, LINES, SEQUENCE, ARRAY };

struct ev_intake {
	int fd;
	size_t max_line;
	char *p; /* page-aligned, cap bytes */
	size_t cap;
	size_t at, n; /* what is unread: [at, n) */
	size_t seen;  /* [at, seen) holds no LF */
	size_t line;  /* lines before `at` */
	uint64_t read;
	bool eof;
	bool skipping; /* the rest of a line that is too long */
	enum layout layout;
	size_t first;		  /* the line that decided the layout */
	struct ev_stream *stream; /* SEQUENCE */
	bool ended; /* said what is unfinished, or that it is an array */
	struct ev_buf object;
};

struct ev_intake *
ev_intake_new(int fd, size_t max_line)
{
	struct ev_intake *in = ev_calloc(1, sizeof(*in));

	in->fd = fd;
	in->max_line = max_line;
	return in;
}

void
ev_intake_free(struct ev_intake *in)
{
	if (in == NULL)
		return;
	ev_stream_free(in->stream);
	ev_buf_clear(&in->object);
	free(in->p);
	free(in);
}

/* How much to have when a long line needs `cap` bytes: twice as much, and all
 * that any line can need before a copy of it would stand beside it. */
static size_t
room_for(const struct ev_intake *in, size_t cap)
{
	size_t most = in->max_line + 2 * PIECE + PAGE + EV_SCAN_PAD;

	return cap > in->max_line / 4 && cap <= most ? most : 2 * cap;
}

/*
 * Makes room for a piece behind the rest, which is moved so that the piece
 * begins at a page: the kernel copies several times slower elsewhere.
 */
static void
make_room(struct ev_intake *in)
{
	size_t rest = in->n - in->at;
	size_t begin = (rest + PAGE - 1) / PAGE * PAGE;
	size_t cap = begin + PIECE + EV_SCAN_PAD;
	void *p = in->p;

	if (cap > in->cap) {
		if (rest > 0)
			cap = room_for(in, cap);
		if (posix_memalign(&p, PAGE, cap) != 0)
			ev_no_memory();
		in->cap = cap;
	}
	if (rest > 0)
		memmove((char *)p + begin - rest, in->p + in->at, rest);
	if (p != in->p)
		free(in->p);
	in->p = p;
	in->seen = begin - rest + (in->seen > in->at ? in->seen - in->at : 0);
	in->at = begin - rest;
	in->n = begin;
}

/* Is there more to be had without waiting? */
static bool
readable(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) == 1 && (p.revents & POLLIN) != 0;
}

/* Is there something, or an end, before that moment? */
static bool
comes_before(int fd, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;
	int r;

	do {
		left = until - ev_clock_mono();
		r = left > 0 ? poll(&p, 1, (int)left) : 0;
	} while (r == -1 && errno == EINTR);
	return r != 0;
}

int
ev_intake_wait(struct ev_intake *in, int64_t until, struct ev_err *err)
{
	size_t end;
	ssize_t got;

	if (in->eof)
		return 0;
	if (until > 0 && !comes_before(in->fd, until))
		return ev_fail(err,
		    "time is up before standard input ended: its rest is not "
		    "recorded");
	make_room(in);
	end = in->n + PIECE;
	do {
		got = read(in->fd, in->p + in->n, end - in->n);
		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			return ev_fail_errno(err, "cannot read standard input");
		in->n += (size_t)got;
		in->read += (size_t)got;
		in->eof = got == 0;
	} while (got == -1 || (got > 0 && in->n < end && readable(in->fd)));
	memset(in->p + in->n, '\0', EV_SCAN_PAD);
	return 1;
}

uint64_t
ev_intake_left(const struct ev_intake *in)
{
	off_t at = lseek(in->fd, 0, SEEK_CUR);
	struct stat st;

	if (at < 0 || fstat(in->fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    st.st_size < at)
		return 0;
	return (uint64_t)(st.st_size - at);
}

uint64_t
ev_intake_read(const struct ev_intake *in)
{
	return in->read;
}

/* Leaves out the rest of a line that was too long. */
static void
skip_rest(struct ev_intake *in)
{
	const char *end = memchr(in->p + in->at, '\n', in->n - in->at);

	in->skipping = end == NULL;
	in->at = end == NULL ? in->n : (size_t)(end + 1 - in->p);
	in->seen = in->at;
}

/*
 * The next line of what is there: 1; 0: none is whole yet; -1: it is too long.
 */
static int
next_line(struct ev_intake *in, struct ev_slice *line, struct ev_err *err)
{
	const char *end;
	size_t n;

	if (in->skipping)
		skip_rest(in);
	end = memchr(in->p + in->seen, '\n', in->n - in->seen);
	n = (end == NULL ? in->n : (size_t)(end - in->p)) - in->at;
	in->seen = in->n;
	if (end == NULL && (in->eof ? n == 0 : n <= in->max_line))
		return 0;
	*line = (struct ev_slice){ in->p + in->at, n };
	in->at += n + (end != NULL);
	in->seen = in->at;
	in->line++;
	if (n <= in->max_line)
		return 1;
	in->skipping = end == NULL;
	return ev_fail(err, "longer than %zu bytes", in->max_line);
}

static struct ev_slice
trim(struct ev_slice s)
{
	static const char skip[] = " \t\r\x1e";

	while (s.n > 0 && memchr(skip, *s.p, sizeof(skip) - 1) != NULL) {
		s.p++;
		s.n--;
	}
	return s;
}

/* Is a line one whole object that stands at the line's start? */
static bool
whole_object(struct ev_slice line)
{
	return line.n > 0 && *line.p == '{' &&
	    ev_scan_line(NULL, line.p, line.n, NULL, NULL) == EV_SCAN_OK;
}

/*
 * The layout by the first line that is not blank.  A line that ends too early
 * begins a sequence, unless the next one is whole: then it is a torn line.  An
 * array over several lines is none of both: its elements must not be taken for
 * events only where their layout happens to fit.
 */
static enum layout
layout_of(struct ev_intake *in)
{
	struct ev_slice line;
	struct ev_val val;
	enum ev_scan r;
	bool torn = false;
	int next;

	while ((next = next_line(in, &line, NULL)) == 1) {
		if (torn && trim(line).n > 0)
			return whole_object(line) ? LINES : SEQUENCE;
		line = trim(line);
		r = ev_scan_value(line.p, line.n, &val, NULL);
		in->first = in->line;
		if (r == EV_SCAN_OK)
			return LINES;
		torn = torn || r == EV_SCAN_TORN;
		if (torn && *line.p == '[')
			return ARRAY;
		if (!torn && r != EV_SCAN_BLANK)
			return SEQUENCE;
	}
	if (next == -1)
		return LINES;
	return torn && in->eof ? SEQUENCE : UNKNOWN;
}

/* Looks ahead for the layout; false: more input is needed. */
static bool
decide(struct ev_intake *in)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t at, line = in->line;

	if (in->line == 0 && in->n - in->at >= 3 &&
	    memcmp(in->p + in->at, bom, 3) == 0)
		in->at += 3;
	at = in->at;
	in->seen = at;
	in->layout = layout_of(in);
	in->at = in->seen = at;
	in->line = line;
	in->skipping = false;
	if (in->layout == SEQUENCE)
		in->stream = ev_stream_new(in->max_line);
	return in->layout != UNKNOWN || in->eof;
}

static int
next_object(struct ev_intake *in, struct ev_slice *text, size_t *line,
    struct ev_err *err)
{
	int r;

	if (in->at < in->n) {
		ev_stream_feed(in->stream, in->p + in->at, in->n - in->at);
		in->at = in->seen = in->n;
	}
	r = ev_stream_next(in->stream, &in->object, line, err);
	*text = ev_buf_slice(&in->object);
	if (r != 0 || !in->eof || in->ended)
		return r;
	in->ended = true;
	return ev_stream_end(in->stream, line, err);
}

/* Refuses the array, once, and passes over all that is there. */
static int
refuse_array(struct ev_intake *in, size_t *line, struct ev_err *err)
{
	in->at = in->seen = in->n;
	if (in->ended)
		return 0;
	in->ended = true;
	*line = in->first;
	return ev_fail(err, "a JSON array (jq -c '.[]' makes lines of it)");
}

int
ev_intake_next(struct ev_intake *in, struct ev_slice *text, size_t *line,
    struct ev_err *err)
{
	int r;

	if (in->layout == UNKNOWN && !decide(in))
		return 0;
	if (in->layout == SEQUENCE)
		return next_object(in, text, line, err);
	if (in->layout == ARRAY)
		return refuse_array(in, line, err);
	r = next_line(in, text, err);
	*line = in->line;
	return r;
}
