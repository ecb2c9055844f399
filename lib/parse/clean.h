/*
 * clean: a line of a tool's output as its text.
 */
#ifndef EV_PARSE_CLEAN_H
#define EV_PARSE_CLEAN_H

#include "base/buf.h"
#include "base/slice.h"

/*
 * The line without blanks at its end (a carriage return is one) and without what
 * only a terminal wants: escape sequences, and whatever a carriage return, or an
 * escape sequence that goes to the first column, has overwritten.  Bytes that
 * are not UTF-8, and NUL, become U+FFFD.  The line itself when it is clean, else
 * in *out (reset first).
 */
struct ev_slice ev_clean_line(struct ev_buf *out, struct ev_slice line);
/* Appends text; bytes that are not UTF-8, and NUL, become U+FFFD. */
void	ev_clean_add(struct ev_buf *out, struct ev_slice text);

#endif
