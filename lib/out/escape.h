/*
 * escape: untrusted text on a terminal; the one door (2-store 2.7).
 */
#ifndef EV_OUT_ESCAPE_H
#define EV_OUT_ESCAPE_H

#include "base/buf.h"
#include "base/slice.h"

/*
 * Appends text so that nothing in it can act on a terminal: C0 (TAB and LF
 * too), DEL, C1 and bidirectional controls become \n \r \t \e \xNN \u{NNNN},
 * bytes that are not UTF-8 \xNN.
 */
void	ev_escape(struct ev_buf *out, struct ev_slice text);

/* The same, cut to `cells` columns with "…" ("..." when ascii). */
void	ev_escape_cut(struct ev_buf *out, struct ev_slice text, size_t cells,
	    bool ascii);

/* Terminal columns of a sound, escaped text (utf8proc's widths). */
size_t	ev_cells(struct ev_slice text);

#endif
