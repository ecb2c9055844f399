/*
 * run: git(1) as a child.
 *
 * The child reads what it is given, and no index unless told so, says nothing
 * on our standard error, asks nobody for a password, and finds the repository as
 * git does: GIT_DIR and its sisters reach it as they are, so a hook's repository
 * is the one it runs for.
 */
#ifndef EV_GIT_RUN_H
#define EV_GIT_RUN_H

#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

struct ev_git_run {
	pid_t	pid;
	int	in;		/* a file in memory, or -1: it reads nothing */
	int	out, err;	/* files in memory */
};

/*
 * Starts "git ARG ..." without a shell; args ends with NULL.  -1: there is no
 * git, or no process.  After 0 ev_git_run_end must follow.
 */
int	ev_git_run(struct ev_git_run *run, const char *const *args,
	    struct ev_err *err);

/* The same for one that reads this text. */
int	ev_git_run_fed(struct ev_git_run *run, const char *const *args,
	    struct ev_slice text, struct ev_err *err);

/*
 * Waits for it and appends what it printed.  -1: it failed, the message is
 * the line that git ends with; or the moment `until` of ev_clock_mono came first (0:
 * none), and then it was killed.
 */
int	ev_git_run_end(struct ev_git_run *run, int64_t until,
	    struct ev_buf *out, struct ev_err *err);

/* Both in one: what "git ARG ..." printed is appended. */
int	ev_git_ask(const char *const *args, int64_t until, struct ev_buf *out,
	    struct ev_err *err);
/* The same for what is about the index, that of GIT_INDEX_FILE when it is set;
 * however long it takes. */
int	ev_git_ask_index(const char *const *args, struct ev_buf *out,
	    struct ev_err *err);

#endif
