/*
 * child: a command that runs in our place: our streams, our process group,
 * our signals (3-commands 3.2, --exec).
 */
#ifndef EV_EXEC_CHILD_H
#define EV_EXEC_CHILD_H

#include <signal.h>
#include <stdint.h>

/* What became of it. */
struct ev_exec_end {
	int	status;		/* of a shell: exit code, 128 + signal, 126
				 * not executable, 127 not found */
	int	signal;		/* that killed it, or 0 */
	int	error;		/* errno that kept it from starting, or 0 */
	int64_t	duration_ms;	/* of a clock that only goes forward */
	/* of it and of those of its children that it waited for */
	int64_t	user_ms, sys_ms;
	int64_t	max_rss_kb;	/* of the largest; KiB */
};

/* What is to be as it was for the command. */
struct ev_exec_signals {
	sigset_t	ignored;	/* of those that we change */
	sigset_t	mask;		/* those that were blocked */
};

/* Before we change any of it. */
void	ev_exec_signals(struct ev_exec_signals *signals);

/*
 * Runs argv[0], which PATH finds, with our environment, and waits for its end,
 * not for that of its children.
 *
 * Signals that we get while it runs do not end us.  They go on to the command,
 * but for those that a terminal sent to our whole process group: the command
 * has them, too.  What was ignored when we started stays ignored by both.
 * After the return they stay blocked, so that what is left to be done is done.
 */
void	ev_exec_run(char *const *argv, const struct ev_exec_signals *signals,
	    struct ev_exec_end *end);

/* Becomes the command.  Gives its status when that is not possible, 126 or
 * 127. */
int	ev_exec_become(char *const *argv,
	    const struct ev_exec_signals *signals);

/* "TERM", …: the name of a signal with SIG before it, or SIG and its number;
 * static. */
const char *ev_exec_signal_name(int signal);

#endif
