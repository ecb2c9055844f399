/*
 * stream: a source that is read from front to end, cut as its bytes come.
 */
#ifndef EV_INPUT_STREAM_H
#define EV_INPUT_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "input/cut.h"
#include "input/source.h"

/* The carried beginning of a line stands in front of the bytes read next. */
struct ev_stream {
	struct ev_source *source;	/* borrowed */
	size_t		 room;		/* for what is carried */
	size_t		 size;		/* for what one read gives */
	char		*base;
	char		*from, *end;	/* bytes not cut yet: part of a line */
	uint64_t	 at;		/* offset of `from` in the source */
};

/* size: bytes, 0: EV_BLOCK_SIZE. */
void	ev_stream_init(struct ev_stream *stream, struct ev_source *source,
	    size_t size);
void	ev_stream_clear(struct ev_stream *stream);

/* Reads once and cuts the lines that are whole: 1, 0 at the end, or -1. */
int	ev_stream_cut(struct ev_stream *stream, struct ev_cut *cut,
	    struct ev_err *err);

#endif
