/*
 * trailer: the "Key: value" lines that end a commit's message
 * (git-interpret-trailers(1)).
 */
#ifndef EV_GIT_TRAILER_H
#define EV_GIT_TRAILER_H

#include "base/buf.h"

struct ev_trailer {
	struct ev_slice	key;	/* borrowed from the body */
	struct ev_buf	value;	/* its lines joined by one blank */
};

struct ev_trailers {
	struct ev_trailer	*v;
	size_t			 n;
};

#define EV_TRAILERS_MOST 1000	/* those behind are left out */

/*
 * Appends the trailers of a message's body, by git's rule: the last paragraph,
 * when all of its lines are trailers, or some that git writes itself and a
 * quarter are.  The body has no blanks at the ends of its lines.
 */
void	ev_trailers_read(struct ev_trailers *trailers, struct ev_slice body);
void	ev_trailers_clear(struct ev_trailers *trailers);

#endif
