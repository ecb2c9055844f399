#include "effort.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "cmd.h"

static struct {
	char **command;
	const struct ev_exec_signals *signals;
} unrecorded;

static struct {
	char text[96];
	size_t n;
} last_words;

/* What is left when nothing else ended in time. */
static void
time_is_up(int number)
{
	struct pollfd err = { STDERR_FILENO, POLLOUT, 0 };

	(void)number;
	/* a reader that does not read must not hold us */
	if (poll(&err, 1, 0) == 1 && (err.revents & POLLOUT) != 0)
		(void)!write(STDERR_FILENO, last_words.text, last_words.n);
	cmd_leave();
}

static void
set_alarm(int64_t ms)
{
	struct itimerval alarm = { 0 };
	sigset_t set;

	alarm.it_value.tv_sec = ms / 1000;
	alarm.it_value.tv_usec = ms % 1000 * 1000;
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	if (ms > 0) {
		signal(SIGALRM, time_is_up);
		/* a command that ran left it blocked */
		sigprocmask(SIG_UNBLOCK, &set, NULL);
	}
	setitimer(ITIMER_REAL, &alarm, NULL);
}

int64_t
effort_limit(const char *command, int64_t ms, struct ev_store_options *options)
{
	int64_t now = ev_clock_mono();
	int n = snprintf(last_words.text, sizeof(last_words.text),
	    "%s: time is up; what is not recorded yet is lost\n", command);

	last_words.n = n > 0 ? strlen(last_words.text) : 0;
	options->lock_by = now + ms * 3 / 4;
	options->until = now + ms * 7 / 8;
	set_alarm(ms + 1);
	return now + ms / 2;
}

void
effort_unlimited(void)
{
	set_alarm(0);
}

static void
run_unrecorded(void)
{
	effort_unlimited();
	_exit(ev_exec_become(unrecorded.command, unrecorded.signals));
}

void
effort_command(char **command)
{
	unrecorded.command = command;
	cmd_instead(command != NULL ? run_unrecorded : NULL);
}

bool
effort_find(char **argv, const struct ev_exec_signals *signals)
{
	bool best_effort = false, exec = false;

	unrecorded.signals = signals;
	for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
		best_effort =
		    best_effort || strcmp(*argv, "--best-effort") == 0;
		exec = exec || strcmp(*argv, "--exec") == 0;
	}
	if (best_effort && exec && *argv != NULL && argv[1] != NULL)
		effort_command(argv + 1);
	return best_effort;
}
