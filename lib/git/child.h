/*
 * child: a commit as git(1) tells of it.
 */
#ifndef EV_GIT_CHILD_H
#define EV_GIT_CHILD_H

#include "git/object.h"

/* As ev_commit_read, which see, by git as a child, one when REV is HEAD. */
int	ev_git_child(struct ev_commit *commit, const char *rev, int64_t until,
	    struct ev_err *err);

#endif
