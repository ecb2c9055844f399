/*
 * decode: what a commit says, as UTF-8.
 */
#ifndef EV_GIT_DECODE_H
#define EV_GIT_DECODE_H

#include "base/buf.h"

/*
 * Appends text in an encoding (empty: UTF-8) as UTF-8 without NUL.  What
 * cannot be read becomes U+FFFD, byte for byte; an encoding that is not known
 * counts as UTF-8.
 */
void	ev_git_decode(struct ev_slice text, struct ev_slice encoding,
	    struct ev_buf *out);

#endif
