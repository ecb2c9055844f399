#include "out/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static volatile pid_t child;

static int terminal = -1; /* standard error as it was */

static const int waiting[] = { SIGINT, SIGQUIT, SIGPIPE };

/* True when a directory of PATH holds this program. */
static bool
in_path(const char *program)
{
	const char *path = getenv("PATH"), *end;
	struct ev_buf name = EV_BUF_INIT;
	bool found = false;

	for (; path != NULL && !found; path = *end == ':' ? end + 1 : NULL) {
		end = path + strcspn(path, ":");
		ev_buf_reset(&name);
		ev_buf_add(&name, path, (size_t)(end - path));
		ev_buf_addf(&name, "/%s", program);
		found = access(ev_buf_str(&name), X_OK) == 0;
	}
	ev_buf_clear(&name);
	return found;
}

const char *
ev_pager_command(const char *named)
{
	if (named == NULL)
		named = getenv("PAGER");
	if (named == NULL)
		return in_path("less") ? "less" : NULL;
	return *named == '\0' || strcmp(named, "cat") == 0 ? NULL : named;
}

static void
wait_for(pid_t pid)
{
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		continue;
}

void
ev_pager_wait(void)
{
	if (child == 0)
		return;
	close(STDOUT_FILENO);
	if (terminal != -1)
		dup2(terminal, STDERR_FILENO);
	wait_for(child);
	child = 0;
}

/* Ctrl-C goes to the pager too, which does not end by it: the shell must not
 * get the terminal back before the user has left it. */
static void
on_signal(int sig)
{
	if (child != 0)
		wait_for(child);
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
run(const char *command, const int pipe_fd[2])
{
	if (dup2(pipe_fd[0], STDIN_FILENO) == -1)
		_exit(127);
	close(pipe_fd[0]);
	close(pipe_fd[1]);
	if (setenv("LESS", "FRX", 0) == -1 || setenv("LV", "-c", 0) == -1)
		_exit(127);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

int
ev_pager_start(const char *command, struct ev_err *err)
{
	int pipe_fd[2];
	size_t i;
	pid_t pid;

	if (pipe2(pipe_fd, O_CLOEXEC) == -1)
		return ev_fail_errno(err, "cannot make a pipe");
	pid = fork();
	if (pid == -1) {
		close(pipe_fd[0]);
		close(pipe_fd[1]);
		return ev_fail_errno(err, "cannot start the pager");
	}
	if (pid == 0)
		run(command, pipe_fd);
	close(pipe_fd[0]);
	child = pid;
	for (i = 0; i < sizeof(waiting) / sizeof(waiting[0]); i++)
		signal(waiting[i], on_signal);
	dup2(pipe_fd[1], STDOUT_FILENO);
	if (isatty(STDERR_FILENO)) {
		terminal = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
		dup2(pipe_fd[1], STDERR_FILENO);
	}
	close(pipe_fd[1]);
	return 0;
}
