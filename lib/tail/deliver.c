#include "tail/deliver.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "read/stop.h"

#define FIRST_MS 100
#define MOST_MS 60000

extern char **environ;

static void
on_child(int sig)
{
	(void)sig;
}

/* A command's end interrupts ev_stop_poll, and nothing else. */
void
ev_deliver_begin(void)
{
	struct sigaction action = { .sa_handler = on_child };
	sigset_t child;

	sigemptyset(&action.sa_mask);
	sigaction(SIGCHLD, &action, NULL);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
}

/* The batch as a file without a name, at its start. */
static int
open_batch(const struct ev_batch *batch, struct ev_err *err)
{
	int fd = memfd_create("batch", MFD_CLOEXEC);

	if (fd != -1 && ev_write_all(fd, batch->text.p, batch->text.n) == 0 &&
	    lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	ev_fail_errno(
	    err, "cannot hold a batch of %" PRIu64 " events", batch->count);
	if (fd != -1)
		close(fd);
	return -1;
}

/* Starts the command in a group of its own, with signals as we got them. */
static int
spawn(const char *command, int batch, pid_t *pid)
{
	char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, NULL, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, usual;
	int r;

	argv[2] = ev_strdup(command);
	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGCHLD);
	sigaddset(&usual, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, batch, STDIN_FILENO);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &usual);
	posix_spawnattr_setflags(&attr,
	    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
		POSIX_SPAWN_SETSIGDEF);
	r = posix_spawn(pid, "/bin/sh", &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	free(argv[2]);
	return r;
}

/* Its end; each signal that ends us is passed on once. */
static int
wait_for(pid_t pid)
{
	int status = 0, sent = 0, sig;
	pid_t done;

	while ((done = waitpid(pid, &status, WNOHANG)) == 0 ||
	    (done == -1 && errno == EINTR)) {
		sig = ev_stop_signal();
		if (sig != sent)
			kill(-pid, sig);
		sent = sig;
		ev_stop_poll(NULL, 0, -1);
	}
	return status;
}

/* 1 it took the batch; 0 not, *err says why; -1 it cannot be tried. */
static int
run_once(const struct ev_deliver *deliver, const struct ev_batch *batch,
    struct ev_err *err)
{
	int fd = open_batch(batch, err), status;
	pid_t pid = 0;

	if (fd == -1)
		return -1;
	errno = spawn(deliver->command, fd, &pid);
	close(fd);
	if (errno != 0) {
		ev_fail_errno(err, "cannot run '%s'", deliver->command);
		return 0;
	}
	status = wait_for(pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 1;
	if (WIFEXITED(status))
		ev_fail(err, "'%s' exited with %d", deliver->command,
		    WEXITSTATUS(status));
	else
		ev_fail(err, "'%s' was ended by signal %d", deliver->command,
		    WTERMSIG(status));
	return 0;
}

/* False: a signal came. */
static bool
pause_for(int ms)
{
	int64_t until = ev_clock_mono() + ms, left = ms;

	while (left > 0 && ev_stop_signal() == 0) {
		ev_stop_poll(NULL, 0, (int)left);
		left = until - ev_clock_mono();
	}
	return ev_stop_signal() == 0;
}

static void
tell(const struct ev_deliver *deliver, const struct ev_batch *batch,
    const char *why, int ms)
{
	const struct ev_say *say = deliver->say;
	struct ev_buf text = EV_BUF_INIT;

	if (say->quiet)
		return;
	ev_buf_addf(&text, "%s: %" PRIu64 " event%s again in %d.%d s", why,
	    batch->count, batch->count == 1 ? "" : "s", ms / 1000,
	    ms % 1000 / 100);
	say->fn(say->arg, ev_buf_str(&text));
	ev_buf_clear(&text);
}

int
ev_deliver_give(const struct ev_deliver *deliver, const struct ev_batch *batch,
    struct ev_err *err)
{
	int ms = FIRST_MS, tries = 1, r;

	while ((r = run_once(deliver, batch, err)) == 0) {
		if (ev_stop_signal() != 0)
			return 0;
		if (!deliver->forever && tries++ == EV_DELIVER_TRIES)
			return -1;
		tell(deliver, batch, err->text, ms);
		if (!pause_for(ms))
			return 0;
		ms = 2 * ms < MOST_MS ? 2 * ms : MOST_MS;
	}
	return r;
}
