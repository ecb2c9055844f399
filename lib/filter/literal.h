/*
 * literal: texts that must stand in a line byte for byte (6-speed 6.3).
 *
 * A text that means the value of a JSON string stands in the line as it is,
 * or the line holds a "\u" escape, when none of its characters can be written
 * in another way.
 */
#ifndef EV_FILTER_LITERAL_H
#define EV_FILTER_LITERAL_H

#include <stdbool.h>

#include "base/slice.h"

#define EV_LITERAL_LEAST 3	/* bytes; shorter ones filter too little */

/* True for such a text of printable ASCII, at least EV_LITERAL_LEAST bytes:
 * no quote, backslash or slash (JSON may write \/). */
bool	ev_literal_plain(struct ev_slice text);

/*
 * The longest such text in everything that a comma list of patterns
 * (text/glob.h) lets pass; n == 0: none.  A part of list.
 */
struct ev_slice ev_literal_globs(const char *list);

#endif
