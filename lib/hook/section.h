/*
 * section: lines of ours in a file that belongs to others.
 *
 * They stand between two lines of comment, and can be taken out so that the
 * file is again, byte for byte, what it was.
 */
#ifndef EV_HOOK_SECTION_H
#define EV_HOOK_SECTION_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/*
 * Takes the section out of a text.  1: *body (may be NULL) is what stood in it,
 * *own that the file was made for it; 0: there is none; -1: its first line
 * stands there, but not its last.
 */
int	ev_section_cut(struct ev_buf *text, struct ev_buf *body, bool *own);

/* Puts one in: behind a first line that begins with #!, else in front (early),
 * or at the end.  own: the file is made for it. */
void	ev_section_put(struct ev_buf *text, struct ev_slice body, bool early,
	    bool own);

#endif
