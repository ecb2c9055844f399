#include "git/commit.h"

#include "git/child.h"
#include "git/library.h"

int
ev_commit_read(struct ev_commit *c, const char *rev, enum ev_git_way way,
    int64_t until, struct ev_err *err)
{
	struct ev_commit by_git = EV_COMMIT_INIT;
	int r = -1;

	ev_commit_clear(c);
	/* to git as a child it would be an option */
	if (*rev == '\0' || *rev == '-')
		return ev_fail(err, "'%s' is no commit", rev);
	if (way != EV_GIT_CHILD)
		r = ev_git_library(c, rev, err);
	if (r == 0 || way == EV_GIT_LIBRARY) {
		if (r == -1)
			ev_commit_clear(c);
		return r == -1 ? -1 : 0;
	}
	if (ev_git_child(&by_git, rev, until, err) == 0) {
		ev_commit_clear(c);
		*c = by_git;
		return 0;
	}
	ev_commit_clear(&by_git);
	/* without git the library's counts must do */
	if (r == -1)
		ev_commit_clear(c);
	return r == -1 ? -1 : 0;
}
