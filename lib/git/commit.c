#include "git/commit.h"

#include "git/child.h"
#include "git/library.h"

int
ev_commit_read(struct ev_commit *c, const char *rev, enum ev_git_way way,
    struct ev_err *err)
{
	int r = -1;

	ev_commit_clear(c);
	/* to git as a child it would be an option */
	if (*rev == '\0' || *rev == '-')
		return ev_fail(err, "'%s' is no commit", rev);
	if (way != EV_GIT_CHILD)
		r = ev_git_library(c, rev, err);
	if (r == -1 && way != EV_GIT_LIBRARY) {
		ev_commit_clear(c);
		r = ev_git_child(c, rev, err);
	}
	if (r == -1)
		ev_commit_clear(c);
	return r;
}
