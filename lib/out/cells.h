/*
 * cells: how wide text is on a terminal; the one door to utf8proc.
 *
 * Widths do not depend on the locale: glibc's wcwidth knows nothing but ASCII
 * in the C locale, and cron has no other.
 */
#ifndef EV_OUT_CELLS_H
#define EV_OUT_CELLS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* Terminal columns of a sound, escaped text. */
size_t	ev_cells(struct ev_slice text);

/*
 * Appends text as ev_escape does, cut to `cells` columns with "…" ("..." when
 * ascii) as its end; gives the columns it took.  Reads no more of text than it
 * shows.
 */
size_t	ev_escape_cut(struct ev_buf *out, struct ev_slice text, size_t cells,
	    bool ascii);

#endif
