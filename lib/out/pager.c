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

/* What sh gives for a command that it cannot run. */
enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

static volatile pid_t child;

static const char *running; /* its command */

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

/* False when the first word is a program that is not there; what the shell
 * would read in another way is left to it. */
static bool
is_there(const char *command)
{
	size_t n = strcspn(command, " \t");
	char *program;
	bool found;

	if (strcspn(command, "\\\"'`$&|;<>()[]{}*?!~=#\n") < n)
		return true;
	program = ev_memdup(command, n);
	if (strchr(program, '/') != NULL)
		found = access(program, X_OK) == 0;
	else
		found = in_path(program);
	free(program);
	return found;
}

/* A terminal on which less(1) would only warn and wait for a key. */
static bool
is_dumb(void)
{
	const char *term = getenv("TERM");

	return term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

const char *
ev_pager_command(const char *named)
{
	if (named == NULL)
		named = getenv("PAGER");
	if (named == NULL && is_dumb())
		return NULL;
	if (named == NULL)
		named = "less";
	if (*named == '\0' || strcmp(named, "cat") == 0)
		return NULL;
	return is_there(named) ? named : NULL;
}

/* The status as waitpid has it. */
static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		continue;
	return status;
}

int
ev_pager_wait(struct ev_err *err)
{
	int status;

	if (child == 0)
		return 0;
	close(STDOUT_FILENO);
	if (terminal != -1)
		dup2(terminal, STDERR_FILENO);
	status = wait_for(child);
	child = 0;
	if (WIFEXITED(status) &&
	    (WEXITSTATUS(status) == NOT_EXECUTABLE ||
		WEXITSTATUS(status) == NOT_FOUND))
		return ev_fail(err, "cannot run the pager '%s'", running);
	return 0;
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
	running = command;
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
