/*
 * hush: no signal ends the process between two steps that belong together
 * (2-store 2.4, W0).
 */
#ifndef EV_STORE_HUSH_H
#define EV_STORE_HUSH_H

#include <signal.h>
#include <stdbool.h>

struct ev_hush {
	sigset_t	old;
};

/*
 * Until ev_hush_end every signal that can wait does (of the calling thread).
 * SIGXFSZ never comes: the write(2) that meets the limit fails.  Only files
 * are written in between, so that SIGPIPE cannot come either.
 */
void	ev_hush_begin(struct ev_hush *hush);
/* failed: a write did; without one there can be no SIGXFSZ to drop. */
void	ev_hush_end(const struct ev_hush *hush, bool failed);

#endif
