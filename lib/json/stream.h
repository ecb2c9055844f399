/*
 * stream: JSON objects of any layout, one after the other, to one line each.
 *
 * Pieces of input go in; whole objects come out with the white space outside
 * their strings removed.  RS (RFC 7464) between them is skipped.
 */
#ifndef EV_JSON_STREAM_H
#define EV_JSON_STREAM_H

#include "base/buf.h"
#include "base/err.h"

struct ev_stream;

struct ev_stream *ev_stream_new(size_t max_line);
void	ev_stream_free(struct ev_stream *stream);
void	ev_stream_feed(struct ev_stream *stream, const void *p, size_t n);
/*
 * The next whole object, compacted, into *out (reset first; a NUL and
 * EV_SCAN_PAD readable bytes stand behind it), and the number of the input
 * line on which it began.  1; 0 when more input is needed; -1 when what stands
 * there can begin no object (the rest up to the next "{" at a line's start is
 * skipped) or it is over max_line.  The object is not yet validated.
 */
int	ev_stream_next(struct ev_stream *stream, struct ev_buf *out,
	    size_t *line, struct ev_err *err);
/* At the end of the input: -1 when an object is unfinished. */
int	ev_stream_end(struct ev_stream *stream, size_t *line,
	    struct ev_err *err);

/* Copies a JSON text without the white space outside its strings. */
void	ev_compact(struct ev_buf *out, struct ev_slice json);

#endif
