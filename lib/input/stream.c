#include "input/stream.h"

#include <string.h>

#include "input/block.h"

#define ROOM(size) ((size) / 8) /* of whole pages, 64 KiB */
#define MOVED 4096		/* a carry up to this is moved at each read */

void
ev_stream_init(struct ev_stream *stream, struct ev_source *source, size_t size)
{
	*stream = (struct ev_stream){ .source = source };
	stream->size = size > 0 ? size : EV_BLOCK_SIZE;
	stream->room = ROOM(stream->size);
	stream->base = ev_block_alloc(stream->room + stream->size);
	stream->from = stream->end = stream->base + stream->room;
}

void
ev_stream_clear(struct ev_stream *stream)
{
	ev_block_free(stream->base, stream->room + stream->size);
	stream->base = NULL;
}

/*
 * Makes room behind `end`: a short carry goes in front of the aligned bytes, a
 * longer one too once nothing fits behind it, and what does not fit there
 * either becomes the cut's pending part.
 */
static void
make_room(struct ev_stream *stream, struct ev_cut *cut)
{
	char *data = stream->base + stream->room;
	size_t carry = (size_t)(stream->end - stream->from);

	if (carry > MOVED && stream->end < data + stream->size)
		return;
	if (carry > stream->room) {
		ev_cut_part(cut, stream->from, carry, stream->at);
		stream->at += carry;
		carry = 0;
	} else if (carry > 0) {
		memmove(data - carry, stream->from, carry);
	}
	stream->from = data - carry;
	stream->end = data;
}

static void
take(struct ev_stream *stream, struct ev_cut *cut, const char *until)
{
	size_t n = (size_t)(until - stream->from);

	if (cut->part_n > 0)
		ev_cut_part(cut, stream->from, n, stream->at);
	else
		ev_cut_lines(cut, stream->from, n, stream->at);
	stream->from += n;
	stream->at += n;
}

int
ev_stream_cut(struct ev_stream *stream, struct ev_cut *cut, struct ev_err *err)
{
	char *limit = stream->base + stream->room + stream->size;
	const char *lf;
	char *fresh;
	ssize_t got;

	make_room(stream, cut);
	fresh = stream->end;
	got =
	    ev_source_read(stream->source, fresh, (size_t)(limit - fresh), err);
	if (got < 0)
		return -1;
	stream->end += got;
	if (got == 0) {
		if (stream->from < stream->end)
			ev_cut_part(cut, stream->from,
			    (size_t)(stream->end - stream->from), stream->at);
		stream->from = stream->end;
		ev_cut_end(cut, stream->source->store);
		return 0;
	}
	if (cut->part_n > 0) {
		lf = memchr(fresh, '\n', (size_t)got);
		take(stream, cut, lf == NULL ? stream->end : lf + 1);
	}
	if (fresh < stream->from)
		fresh = stream->from;
	lf = memrchr(fresh, '\n', (size_t)(stream->end - fresh));
	if (lf != NULL)
		take(stream, cut, lf + 1);
	return 1;
}
