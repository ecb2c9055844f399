/*
 * escape: untrusted text on a terminal; the one door (2-store 2.7).
 */
#ifndef EV_OUT_ESCAPE_H
#define EV_OUT_ESCAPE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/*
 * Appends text so that nothing in it can act on a terminal: C0 (TAB and LF
 * too), DEL, C1 and bidirectional controls become \n \r \t \e \xNN \u{NNNN},
 * bytes that are not UTF-8 \xNN.
 */
void	ev_escape(struct ev_buf *out, struct ev_slice text);

/* The same for the one character at p (p < end); gives its length. */
size_t	ev_escape_one(struct ev_buf *out, const char *p, const char *end);

/* How many bytes from p on are printable ASCII, which stays as it is. */
size_t	ev_escape_plain(const char *p, const char *end);

/*
 * Rewrites what stands in out from offset `from` on, JSON or a table, for a
 * terminal: unsafe characters other than LF and TAB become \uXXXX (inside JSON
 * the same string still), bytes that are not UTF-8 \xNN.
 */
void	ev_escape_lines(struct ev_buf *out, size_t from);

#endif
