/*
 * markup: untrusted text inside XML and HTML; the one place where it is
 * escaped for them.
 */
#ifndef EV_OUT_MARKUP_H
#define EV_OUT_MARKUP_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/*
 * Appends text for an element's content or a quoted attribute: & < > " ' as
 * references; controls, bidirectional controls and bytes that are not UTF-8 as
 * ev_escape shows them, and what XML has no place for as U+FFFD.
 */
void	ev_markup(struct ev_buf *out, struct ev_slice text);

/* The same, cut to so many terminal columns with "…" as its end. */
void	ev_markup_cut(struct ev_buf *out, struct ev_slice text, size_t cells);

#endif
