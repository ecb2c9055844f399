#include "exec/child.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127, KILLED = 128 };

/* Those that we ignore, or do not, as we need it. */
static const int ours[] = { SIGPIPE, SIGXFSZ };

static bool
is_ignored(int n)
{
	struct sigaction old;

	return sigaction(n, NULL, &old) == 0 && old.sa_handler == SIG_IGN;
}

/*
 * What we take while the command runs: all but what tells of an error in us,
 * what nobody wants, and the stops of a background process, which come to all
 * of the group.
 */
static void
make_set(sigset_t *set)
{
	static const int untaken[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT,
		SIGTRAP, SIGSYS, SIGTTIN, SIGTTOU, SIGPIPE, SIGURG };
	size_t i;
	int n;

	sigfillset(set);
	for (i = 0; i < sizeof(untaken) / sizeof(untaken[0]); i++)
		sigdelset(set, untaken[i]);
	for (n = 1; n < NSIG; n++)
		if (n != SIGCHLD && is_ignored(n))
			sigdelset(set, n);
}

/* An error number. */
static int
spawn(pid_t *pid, char *const *argv, const sigset_t *mask)
{
	posix_spawnattr_t attr;
	int r;

	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, mask);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	r = posix_spawnp(pid, argv[0], NULL, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	return r;
}

/* What no kernel knows how to run is a shell's, as execvp(3) has it. */
static int
spawn_script(pid_t *pid, char *const *argv, const sigset_t *mask)
{
	static char sh[] = "/bin/sh", c[] = "-c", text[] = "exec \"$0\" \"$@\"";
	char **words;
	size_t n = 0;
	int r;

	while (argv[n] != NULL)
		n++;
	words = ev_calloc(n + 4, sizeof(*words));
	words[0] = sh;
	words[1] = c;
	words[2] = text;
	memcpy(words + 3, argv, n * sizeof(*words));
	r = spawn(pid, words, mask);
	/* the texts are the caller's */
	free(words);
	return r;
}

/* Does it stand still? */
static bool
is_stopped(pid_t pid)
{
	siginfo_t info = { 0 };

	return waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOHANG | WNOWAIT) ==
	    0 &&
	    info.si_pid == pid;
}

/* We stop as everybody does at SIGTSTP, until somebody lets us go on. */
static void
stop(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Did a terminal send it to the command, too?  That it is gone it tells the
 * leader of its session alone. */
static bool
came_to_both(pid_t pid, const siginfo_t *info)
{
	return info->si_code > 0 && getpgid(pid) == getpgrp() &&
	    !(info->si_signo == SIGHUP && getsid(0) == getpid());
}

/* A signal that we got on the command's behalf. */
static void
pass_on(pid_t pid, const siginfo_t *info)
{
	if (info->si_signo == SIGCONT) {
		if (is_stopped(pid))
			kill(pid, SIGCONT);
		return;
	}
	if (!came_to_both(pid, info))
		kill(pid, info->si_signo);
	if (info->si_signo == SIGTSTP)
		stop();
}

static void
wait_for(pid_t pid, const sigset_t *set, int *status, struct rusage *usage)
{
	siginfo_t info;
	pid_t r;

	while ((r = wait4(pid, status, WNOHANG, usage)) == 0 ||
	    (r == -1 && errno == EINTR))
		if (sigwaitinfo(set, &info) > 0 && info.si_signo != SIGCHLD)
			pass_on(pid, &info);
}

static int64_t
to_ms(struct timeval t)
{
	return (int64_t)t.tv_sec * 1000 + t.tv_usec / 1000;
}

static int
status_of(int error)
{
	return error == ENOENT ? NOT_FOUND : NOT_EXECUTABLE;
}

static void
ended(struct ev_exec_end *end, int status, const struct rusage *usage)
{
	if (WIFSIGNALED(status)) {
		end->signal = WTERMSIG(status);
		end->status = KILLED + end->signal;
	} else
		end->status = WEXITSTATUS(status);
	end->user_ms = to_ms(usage->ru_utime);
	end->sys_ms = to_ms(usage->ru_stime);
	end->max_rss_kb = usage->ru_maxrss;
}

static void
as_it_was(const struct ev_exec_signals *signals)
{
	size_t i;

	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		signal(ours[i],
		    sigismember(&signals->ignored, ours[i]) == 1 ? SIG_IGN :
								   SIG_DFL);
}

/* Neither a reader that goes away nor a limit ends us before the event is
 * written. */
static void
ignore(void)
{
	size_t i;

	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		signal(ours[i], SIG_IGN);
}

void
ev_exec_signals(struct ev_exec_signals *signals)
{
	size_t i;

	sigemptyset(&signals->ignored);
	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (is_ignored(ours[i]))
			sigaddset(&signals->ignored, ours[i]);
	sigprocmask(SIG_BLOCK, NULL, &signals->mask);
}

int
ev_exec_become(char *const *argv, const struct ev_exec_signals *signals)
{
	as_it_was(signals);
	sigprocmask(SIG_SETMASK, &signals->mask, NULL);
	execvp(argv[0], argv);
	return status_of(errno);
}

void
ev_exec_run(char *const *argv, const struct ev_exec_signals *signals,
    struct ev_exec_end *end)
{
	struct rusage usage = { 0 };
	int64_t begin = ev_clock_mono();
	const sigset_t *mask = &signals->mask;
	sigset_t set;
	int status = 0, r;
	pid_t pid;

	*end = (struct ev_exec_end){ 0 };
	/* where it is ignored nobody learns of an end */
	signal(SIGCHLD, SIG_DFL);
	as_it_was(signals);
	make_set(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	r = spawn(&pid, argv, mask);
	if (r == ENOEXEC)
		r = spawn_script(&pid, argv, mask);
	ignore();
	if (r == 0) {
		wait_for(pid, &set, &status, &usage);
		ended(end, status, &usage);
	} else {
		end->error = r;
		end->status = status_of(r);
	}
	end->duration_ms = ev_clock_mono() - begin;
}

const char *
ev_exec_signal_name(int n)
{
	static char name[32];
	const char *word = sigabbrev_np(n);

	if (word != NULL)
		snprintf(name, sizeof(name), "SIG%s", word);
	else
		snprintf(name, sizeof(name), "SIG%d", n);
	return name;
}
