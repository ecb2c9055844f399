#include "store/hush.h"

#include <pthread.h>
#include <stddef.h>
#include <time.h>

void
ev_hush_begin(struct ev_hush *hush)
{
	/* those that tell of an error in the program cannot wait */
	static const int now[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT,
		SIGTRAP, SIGSYS };
	sigset_t all;
	size_t i;

	sigfillset(&all);
	for (i = 0; i < sizeof(now) / sizeof(now[0]); i++)
		sigdelset(&all, now[i]);
	pthread_sigmask(SIG_BLOCK, &all, &hush->old);
}

void
ev_hush_end(const struct ev_hush *hush, bool failed)
{
	const struct timespec at_once = { 0, 0 };
	sigset_t xfsz;

	/* a write over the limit gave EFBIG; its signal is not wanted as well */
	sigemptyset(&xfsz);
	sigaddset(&xfsz, SIGXFSZ);
	if (failed && !sigismember(&hush->old, SIGXFSZ))
		while (sigtimedwait(&xfsz, NULL, &at_once) > 0)
			continue;
	pthread_sigmask(SIG_SETMASK, &hush->old, NULL);
}
