/*
 * compact: JSON without the white space outside its strings.
 */
#ifndef EV_JSON_COMPACT_H
#define EV_JSON_COMPACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* The record separator of RFC 7464; no JSON holds it raw. */
#define EV_JSON_RS '\x1e'

/* Where the copying of a text that comes in pieces stands; starts as zeros. */
struct ev_compact {
	size_t	depth;		/* open containers */
	size_t	lines;		/* line ends that were passed */
	bool	gap;		/* white space was left out just now */
	bool	word;		/* the last byte was one of a number or word */
	bool	string;		/* inside a string */
	bool	escape;		/* behind a backslash in it */
};

enum ev_compacted {
	EV_COMPACT_MORE,	/* the piece is used up */
	EV_COMPACT_WHOLE,	/* behind the end of the outermost container */
	EV_COMPACT_BROKEN	/* at a line end in a string, or at an RS */
};

/*
 * Copies from *at, which moves, until one of these.  Between two bytes of
 * numbers or words one blank is left: "1 2" is not JSON and stays none.
 */
enum ev_compacted ev_compact_piece(struct ev_compact *state, const char **at,
	    const char *end, struct ev_buf *out);

/* Appends a whole JSON text in this way; what is none keeps its other bytes. */
void	ev_compact(struct ev_buf *out, struct ev_slice json);

static inline bool
ev_compact_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

#endif
