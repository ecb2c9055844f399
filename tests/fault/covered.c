/*
 * covered: linked into what make cover builds, in front of two functions of the
 * C library: who leaves by _exit, or by a signal of its own, says first what it
 * has executed, as exit does.  What a test forbids a command, to write large
 * files or any file of ours, holds no more when the command is done: it would
 * not be the command that the test sees fail.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

void __gcov_dump(void);
void __gcov_reset(void);
void __real__exit(int status) __attribute__((noreturn));
void __wrap__exit(int status) __attribute__((noreturn));
int __real_raise(int number);
int __wrap_raise(int number);

#define ROOM 65536 /* gcov does not look whether it got memory */

static volatile sig_atomic_t last;

static void
raise_limit(int which)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	struct rlimit limit;

	if (setrlimit(which, &all) < 0 && getrlimit(which, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(which, &limit);
	}
}

/* Nobody hears what gcov complains of.  Destructors without a priority run
 * before gcov's own. */
__attribute__((destructor)) static void
stand_back(void)
{
	int fd;

	signal(SIGXFSZ, SIG_IGN);
	raise_limit(RLIMIT_FSIZE);
	raise_limit(RLIMIT_NOFILE);
	fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd >= 0)
		dup2(fd, STDERR_FILENO);
}

static void
late(int number)
{
	(void)number;
	__real__exit(last);
}

/* In the handler of a signal that came while memory was asked for, it would
 * wait for itself: then nothing is said. */
void
__wrap__exit(int status)
{
	struct sigaction act = { .sa_handler = late, .sa_flags = SA_NODEFER };
	sigset_t mask;
	void *room;

	last = status;
	sigaction(SIGALRM, &act, NULL);
	sigemptyset(&mask);
	sigaddset(&mask, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &mask, NULL);
	alarm(1);
	room = malloc(ROOM);
	free(room);
	alarm(0); /* gcov takes its time, and must not end in a file */
	stand_back();
	if (room != NULL)
		__gcov_dump();
	__real__exit(status);
}

int
__wrap_raise(int number)
{
	__gcov_dump();
	__gcov_reset(); /* it may come back */
	return __real_raise(number);
}
