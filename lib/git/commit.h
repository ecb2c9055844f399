/*
 * commit: what there is to know of one commit of the repository at hand
 * (3-commands 3.2, --git).
 */
#ifndef EV_GIT_COMMIT_H
#define EV_GIT_COMMIT_H

#include "git/object.h"

enum ev_git_way {
	EV_GIT_ANY,	/* by the library; where it cannot, or its counts are
			 * in doubt, by git as a child */
	EV_GIT_LIBRARY,	/* also where its counts are in doubt */
	EV_GIT_CHILD	/* starts faster; for hooks */
};

/*
 * Reads the commit that REV means (gitrevisions(7)) in the repository of the
 * working directory or of GIT_DIR into a commit that is empty or has one from
 * before.  Both ways give the same, but for the library's counts where a file
 * was both changed and renamed or became a link, and it cannot open every
 * repository (SHA-256, extensions of its config).  A child is waited for until
 * a moment of ev_clock_mono, then killed (0: none).  -1: there is no such
 * commit, or it cannot be read; then the commit is empty.
 */
int	ev_commit_read(struct ev_commit *commit, const char *rev,
	    enum ev_git_way way, int64_t until, struct ev_err *err);

#endif
