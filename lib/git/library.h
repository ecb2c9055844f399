/*
 * library: a commit by libgit2; the one door to it.
 *
 * libgit2 and its 19 shared objects are loaded when a commit is asked for, so
 * that commands that may ask pay nothing until they do.
 */
#ifndef EV_GIT_LIBRARY_H
#define EV_GIT_LIBRARY_H

#include "git/object.h"

/*
 * As ev_commit_read, which see; 1: git may count renames, and links in place of
 * files, otherwise.  -1 also where libgit2 is not there, or does not know the
 * form of the repository.
 */
int	ev_git_library(struct ev_commit *commit, const char *rev,
	    struct ev_err *err);

#endif
