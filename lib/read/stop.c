#include "read/stop.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static const int ending[] = { SIGINT, SIGTERM, SIGHUP };
#define ENDING (sizeof(ending) / sizeof(ending[0]))

static volatile sig_atomic_t came;
static sigset_t waiting; /* the mask while we wait */

static void
on_signal(int sig)
{
	came = sig;
}

void
ev_stop_begin(void)
{
	struct sigaction action = { .sa_handler = on_signal }, old;
	sigset_t held;
	size_t i;

	sigemptyset(&held);
	sigemptyset(&action.sa_mask);
	for (i = 0; i < ENDING; i++) {
		sigaction(ending[i], NULL, &old);
		if (old.sa_handler == SIG_IGN)
			continue;
		sigaction(ending[i], &action, NULL);
		sigaddset(&held, ending[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &waiting);
	for (i = 0; i < ENDING; i++)
		sigdelset(&waiting, ending[i]);
}

int
ev_stop_signal(void)
{
	sigset_t pending;
	size_t i;

	if (came == 0 && sigpending(&pending) == 0)
		for (i = 0; i < ENDING; i++)
			if (sigismember(&pending, ending[i]) == 1)
				return ending[i];
	return came;
}

int
ev_stop_poll(struct pollfd *fds, nfds_t n, int timeout)
{
	struct timespec limit = { timeout / 1000, timeout % 1000 * 1000000L };

	return ppoll(fds, n, timeout < 0 ? NULL : &limit, &waiting);
}

void
ev_stop_raise(int sig)
{
	sigset_t only;

	sigemptyset(&only);
	sigaddset(&only, sig);
	signal(sig, SIG_DFL);
	raise(sig);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
}
