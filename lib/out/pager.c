#include "out/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

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

/* The pager's process, reading from fd; an error number else. */
static int
spawn(const char *command, int fd, pid_t *pid)
{
	char sh[] = "sh", option[] = "-c", *text = ev_strdup(command);
	char *argv[] = { sh, option, text, NULL };
	posix_spawn_file_actions_t actions;
	int r;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
	r = posix_spawn(pid, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	free(text);
	return r;
}

int
ev_pager_start(const char *command, struct ev_err *err)
{
	int pipe_fd[2], r;
	size_t i;
	pid_t pid;

	if (pipe2(pipe_fd, O_CLOEXEC) == -1)
		return ev_fail_errno(err, "cannot make a pipe");
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	r = spawn(command, pipe_fd[0], &pid);
	close(pipe_fd[0]);
	if (r != 0) {
		close(pipe_fd[1]);
		errno = r;
		return ev_fail_errno(err, "cannot start the pager");
	}
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
