/*
 * child: a commit as git(1) tells of it.
 */
#ifndef EV_GIT_CHILD_H
#define EV_GIT_CHILD_H

#include "git/object.h"

/* As ev_commit_read, which see, by git as a child, one when REV is HEAD. */
int	ev_git_child(struct ev_commit *commit, const char *rev, int64_t until,
	    struct ev_err *err);

/*
 * Appends what git tells of commits, one hash per line; ev_git_child_next takes
 * it apart.  What is no commit here is left out.  0 or -1.
 */
int	ev_git_child_many(struct ev_slice hashes, int64_t until,
	    struct ev_buf *text, struct ev_err *err);
/* Reads the next commit, without a branch, into one that is empty or has one
 * from before, and moves the text on.  1, 0 at its end, -1. */
int	ev_git_child_next(struct ev_commit *commit, struct ev_slice *text,
	    struct ev_err *err);

#endif
