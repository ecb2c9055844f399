#include "store/find.h"

#include <string.h>

#include "event/event.h"
#include "event/uuid.h"
#include "json/quote.h"
#include "store/chain.h"
#include "store/lines.h"
#include "text/glob.h"

#define BLOCK 65536

/* An event that knows its id, and its type when asked for. */
struct reader {
	struct ev_model *model;
	struct ev_event *event;
};

static void
reader_open(struct reader *r, const struct ev_custom *custom, bool type)
{
	r->model = ev_model_new(NULL);
	ev_model_custom(r->model, custom);
	ev_model_want(r->model, EV_ID);
	if (type)
		ev_model_want(r->model, EV_TYPE);
	ev_model_seal(r->model);
	r->event = ev_event_new(r->model);
}

static void
reader_close(struct reader *r)
{
	ev_event_free(r->event);
	ev_model_free(r->model);
}

/* The line's id; empty when it is no sound event or has none. */
static struct ev_slice
id_of(const struct reader *r, const char *p, size_t n)
{
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		p += 3;
		n -= 3;
	}
	if (ev_event_read(r->event, p, n) != EV_SCAN_OK)
		return (struct ev_slice){ NULL, 0 };
	return ev_event_text(r->event, EV_ID);
}

int
ev_find_id(struct ev_find in, uint64_t from, uint64_t to, struct ev_slice id,
    struct ev_buf *found)
{
	struct ev_buf quoted = EV_BUF_INIT;
	struct reader reader;
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	reader_open(&reader, in.custom, false);
	ev_quote(&quoted, id);
	ev_lines_of(&lines, in.chain, from, to);
	lines.until = in.until;
	while ((r = ev_lines_next(&lines, &line, &at)) == 1) {
		if (line.p == NULL ||
		    memmem(line.p, line.n, quoted.p, quoted.n) == NULL)
			continue;
		if (ev_slice_eq(id_of(&reader, line.p, line.n), id))
			break;
	}
	if (r == 1)
		ev_buf_addslice(found, line);
	ev_lines_clear(&lines);
	ev_buf_clear(&quoted);
	reader_close(&reader);
	return r;
}

int
ev_find_prefix(
    struct ev_find in, uint64_t to, struct ev_slice prefix, struct ev_buf *id)
{
	struct reader reader;
	struct ev_lines lines;
	struct ev_slice line, one;
	int r, found = 0;
	uint64_t at;

	reader_open(&reader, in.custom, false);
	ev_lines_of(&lines, in.chain, 0, to);
	lines.until = in.until;
	while ((r = ev_lines_next(&lines, &line, &at)) == 1) {
		if (line.p == NULL ||
		    memmem(line.p, line.n, prefix.p, prefix.n) == NULL)
			continue;
		one = id_of(&reader, line.p, line.n);
		if (one.p == NULL || one.n < prefix.n ||
		    memcmp(one.p, prefix.p, prefix.n) != 0)
			continue;
		if (found > 0 && ev_slice_eq(one, ev_buf_slice(id)))
			continue;
		found = found == 0 || one.n == prefix.n ? 1 : 2;
		ev_buf_reset(id);
		ev_buf_addslice(id, one);
		if (one.n == prefix.n)
			break;
	}
	ev_lines_clear(&lines);
	reader_close(&reader);
	return r < 0 ? -1 : found;
}

/* A log from behind: bytes [at, at + buf.n) are loaded. */
struct back {
	struct ev_chain *chain;
	uint64_t at;
	struct ev_buf buf;
};

/* Loads as much again in front of what is there.  1, 0 at the start, -1. */
static int
back_fill(struct back *b)
{
	size_t n = b->buf.n < BLOCK ? BLOCK : b->buf.n;
	uint64_t floor = ev_chain_floor(b->chain, b->at);
	const struct ev_gap *gap;
	ssize_t got;

	gap = b->at == floor && b->buf.n == 0 && b->at > 0 ?
	    ev_chain_gap(b->chain, b->at - 1) :
	    NULL;
	if (gap != NULL) {
		b->at = gap->from;
		floor = ev_chain_floor(b->chain, b->at);
	}
	if (b->at - floor < n)
		n = (size_t)(b->at - floor);
	if (n == 0)
		return 0;
	if (b->buf.n > EV_LINES_LONGEST) {
		/* an over-long line counts as damaged, as one with a NUL does */
		memcpy(b->buf.p, "\0\n", 2);
		b->buf.n = 2;
		n = n < BLOCK ? n : BLOCK;
	}
	ev_buf_reserve(&b->buf, n + EV_SCAN_PAD);
	memmove(b->buf.p + n, b->buf.p, b->buf.n);
	got = ev_chain_read(b->chain, b->buf.p, n, b->at - n);
	if (got != (ssize_t)n)
		return got < 0 ? -1 : 0;
	b->at -= n;
	b->buf.n += n;
	return 1;
}

/* The last whole line of what is left; its LF stays.  1, 0, -1. */
static int
back_line(struct back *b, struct ev_slice *line)
{
	const char *lf;
	int r;

	for (;;) {
		lf =
		    b->buf.n > 1 ? memrchr(b->buf.p, '\n', b->buf.n - 1) : NULL;
		if (lf != NULL)
			break;
		r = back_fill(b);
		if (r < 0 || (r == 0 && b->buf.n == 0))
			return r;
		if (r == 0) {
			*line = (struct ev_slice){ b->buf.p, b->buf.n - 1 };
			b->buf.n = 0;
			return 1;
		}
	}
	line->p = lf + 1;
	line->n = b->buf.n - 1 - (size_t)(line->p - b->buf.p);
	b->buf.n -= line->n + 1;
	return 1;
}

int
ev_find_last(struct ev_find in, uint64_t to, unsigned back,
    const struct ev_globs *types, struct ev_buf *id)
{
	struct back b = { in.chain, to, EV_BUF_INIT };
	struct reader reader;
	struct ev_slice line, one;
	int r;

	reader_open(&reader, in.custom, types != NULL);
	while ((r = back_line(&b, &line)) == 1) {
		one = id_of(&reader, line.p, line.n);
		if (one.n == 0 ||
		    (types != NULL &&
			!ev_globs_match(
			    types, ev_event_text(reader.event, EV_TYPE))))
			continue;
		if (back-- > 1)
			continue;
		ev_buf_reset(id);
		ev_buf_addslice(id, one);
		break;
	}
	ev_buf_clear(&b.buf);
	reader_close(&reader);
	return r;
}

int
ev_find_uuid(struct ev_chain *log, uint64_t from, uint64_t to,
    const char *bound, char last[])
{
	uint64_t floor = ev_chain_floor(log, to);
	uint64_t left = to - (from > floor ? from : floor);
	size_t n = left < BLOCK ? (size_t)left : BLOCK, i;
	struct ev_slice one = { NULL, EV_UUID_CHARS };
	char block[BLOCK];
	ssize_t got;

	last[0] = '\0';
	got = ev_chain_read(log, block, n, to - n);
	for (i = 0; got >= 0 && i + EV_UUID_CHARS <= (size_t)got; i++) {
		one.p = block + i;
		if (block[i + 8] != '-' || !ev_uuid7_is(one) ||
		    memcmp(one.p, last, EV_UUID_CHARS) <= 0 ||
		    memcmp(one.p, bound, EV_UUID_CHARS) > 0)
			continue;
		memcpy(last, one.p, EV_UUID_CHARS);
		last[EV_UUID_CHARS] = '\0';
	}
	return got < 0 ? -1 : 0;
}
