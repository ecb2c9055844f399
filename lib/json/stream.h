/*
 * stream: JSON objects of any layout, one after the other, to one line each.
 *
 * Pieces of input go in; whole objects come out with the white space outside
 * their strings removed (json/compact.h).  A BOM before the first and RS (RFC
 * 7464) between them are skipped.
 */
#ifndef EV_JSON_STREAM_H
#define EV_JSON_STREAM_H

#include "base/buf.h"
#include "base/err.h"
#include "json/compact.h"

struct ev_stream;

struct ev_stream *ev_stream_new(size_t max_line);
void	ev_stream_free(struct ev_stream *stream);
void	ev_stream_feed(struct ev_stream *stream, const void *p, size_t n);
/*
 * The next whole object, compacted, into *out (reset first; a NUL and
 * EV_SCAN_PAD readable bytes stand behind it), and the number of the input
 * line (from 1) on which it began.  1; 0 when more input is needed; -1, and the
 * line, when what stands there is no object, or one that is over max_line, or
 * one that a raw line end in a string or an RS cuts off: all up to the next "{"
 * at a line's start or behind an RS is skipped.  The object is not yet
 * validated.
 */
int	ev_stream_next(struct ev_stream *stream, struct ev_buf *out,
	    size_t *line, struct ev_err *err);
/* At the end of the input: -1, and the line, when an object is unfinished. */
int	ev_stream_end(struct ev_stream *stream, size_t *line,
	    struct ev_err *err);

#endif
