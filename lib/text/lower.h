/*
 * lower: lower-case letters, whatever the locale.
 */
#ifndef EV_TEXT_LOWER_H
#define EV_TEXT_LOWER_H

#include "base/buf.h"
#include "base/slice.h"

/*
 * Appends UTF-8 text (WTF-8 too) in lower case: each character as Unicode's
 * table says, but for U+0130, which becomes two, as in ECMA-262.  A sigma at
 * a word's end is a sigma like others.
 */
void	ev_lower(struct ev_buf *out, struct ev_slice text);

#endif
