#include "json/stream.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/scan.h"

enum state { BETWEEN, INSIDE, LOST };

struct ev_stream {
	struct ev_buf in; /* what was fed, from `at` on unread */
	struct ev_buf object;
	struct ev_compact compact;
	size_t at, max_line;
	size_t line, began; /* from 1 */
	enum state state;
	bool line_start; /* LOST: no byte of this line read yet */
	bool begun;	 /* no BOM may come any more */
};

struct ev_stream *
ev_stream_new(size_t max_line)
{
	struct ev_stream *stream = ev_calloc(1, sizeof(*stream));

	stream->max_line = max_line < EV_LINE_MOST ? max_line : EV_LINE_MOST;
	stream->line = 1;
	return stream;
}

void
ev_stream_free(struct ev_stream *stream)
{
	if (stream == NULL)
		return;
	ev_buf_clear(&stream->in);
	ev_buf_clear(&stream->object);
	free(stream);
}

void
ev_stream_feed(struct ev_stream *stream, const void *p, size_t n)
{
	struct ev_buf *in = &stream->in;

	if (stream->at > 0) {
		memmove(in->p, in->p + stream->at, in->n - stream->at);
		in->n -= stream->at;
		stream->at = 0;
	}
	ev_buf_add(in, p, n);
}

/* White space, RS and a BOM; false: more input is needed. */
static bool
find_object(struct ev_stream *s)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *p = s->in.p + s->at;
	size_t left = s->in.n - s->at;

	if (!s->begun && left > 0) {
		if (memcmp(p, bom, left < 3 ? left : 3) == 0) {
			if (left < 3)
				return false;
			s->at += 3;
		}
		s->begun = true;
	}
	for (; s->at < s->in.n; s->at++) {
		p = s->in.p + s->at;
		if (*p == '\n')
			s->line++;
		else if (!ev_compact_blank(*p) && *p != EV_JSON_RS)
			return true;
	}
	return false;
}

/* Skips to a "{" behind a line end or an RS; false: more input is needed. */
static bool
find_line(struct ev_stream *s)
{
	char c;

	for (; s->at < s->in.n; s->at++) {
		c = s->in.p[s->at];
		if (c == '{' && s->line_start)
			return true;
		s->line_start = c == '\n' || c == EV_JSON_RS;
		s->line += c == '\n';
	}
	return false;
}

/* Gives up what stands here. */
static int
lose(struct ev_stream *s, size_t *line, struct ev_err *err, const char *why)
{
	*line = s->began;
	s->line += s->compact.lines;
	s->state = LOST;
	s->line_start = false;
	ev_buf_clear(&s->object);
	return ev_fail(err, "%s", why);
}

/* Goes on with an object. */
static int
read_object(
    struct ev_stream *s, struct ev_buf *out, size_t *line, struct ev_err *err)
{
	const char *p = s->in.p + s->at, *end = s->in.p + s->in.n;
	size_t room = s->max_line - s->object.n + 1;
	struct ev_buf old = *out;
	enum ev_compacted r;

	if ((size_t)(end - p) > room)
		end = p + room;
	r = ev_compact_piece(&s->compact, &p, end, &s->object);
	s->at = (size_t)(p - s->in.p);
	if (s->object.n > s->max_line)
		return lose(s, line, err, "too long");
	if (r == EV_COMPACT_BROKEN)
		return lose(s, line, err, "an unfinished object");
	if (r == EV_COMPACT_MORE)
		return 0;
	s->state = BETWEEN;
	s->line += s->compact.lines;
	*line = s->began;
	*out = s->object;
	ev_buf_reserve(out, EV_SCAN_PAD);
	memset(out->p + out->n, 0, EV_SCAN_PAD);
	old.n = 0;
	s->object = old;
	return 1;
}

int
ev_stream_next(struct ev_stream *stream, struct ev_buf *out, size_t *line,
    struct ev_err *err)
{
	int r = 0;

	ev_buf_reset(out);
	while (r == 0 && stream->at < stream->in.n) {
		if (stream->state == INSIDE) {
			r = read_object(stream, out, line, err);
			continue;
		}
		if (!(stream->state == LOST ? find_line(stream) :
					      find_object(stream)))
			break;
		stream->began = stream->line;
		stream->compact = (struct ev_compact){ .depth = 0 };
		if (stream->in.p[stream->at] != '{')
			return lose(stream, line, err, "not a JSON object");
		stream->state = INSIDE;
	}
	return r;
}

int
ev_stream_end(struct ev_stream *stream, size_t *line, struct ev_err *err)
{
	*line = stream->state == INSIDE ? stream->began : stream->line;
	if (stream->state == INSIDE)
		return ev_fail(err, "an unfinished object");
	if (stream->state == BETWEEN && stream->at < stream->in.n)
		return ev_fail(err, "not a JSON object");
	return 0;
}
