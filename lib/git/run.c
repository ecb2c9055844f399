#include "git/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"

#define PAUSE 2 /* milliseconds */
#define MOST_OUTPUT ((size_t)256 << 20)

/* A list of texts that ends with NULL, as exec wants it. */
struct words {
	char **v;
	size_t n;
};

static void
add(struct words *w, const char *word)
{
	w->v = ev_realloc(w->v, w->n + 1, sizeof(*w->v));
	w->v[w->n++] = word != NULL ? ev_strdup(word) : NULL;
}

static void
clear(struct words *w)
{
	while (w->n > 0)
		free(w->v[--w->n]);
	free(w->v);
}

/* What makes git talk, or talk otherwise. */
static bool
is_left_out(const char *variable)
{
	static const char *const out[] = { "GIT_TRACE",
		"GIT_DIFF_OPTS=", "GIT_EXTERNAL_DIFF=" };
	size_t i;

	for (i = 0; i < sizeof(out) / sizeof(out[0]); i++)
		if (strncmp(variable, out[i], strlen(out[i])) == 0)
			return true;
	return false;
}

/* Our environment, but for what would change git's words or make it wait. */
static void
environment(struct words *w, bool index)
{
	/* no file can be made in /proc: the index, which no commit's data come
	 * from, is not read, however large or broken it is */
	static const char *const fixed[] = { "LC_ALL=C",
		"GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
		"GIT_NO_LAZY_FETCH=1", "GIT_INDEX_FILE=/proc/no-index" };
	size_t count = sizeof(fixed) / sizeof(fixed[0]) - (index ? 1 : 0);
	char **p;
	size_t i;

	for (p = environ; *p != NULL; p++) {
		for (i = 0; i < count; i++)
			if (strncmp(*p, fixed[i], strcspn(fixed[i], "=") + 1) ==
			    0)
				break;
		if (i == count && !is_left_out(*p))
			add(w, *p);
	}
	for (i = 0; i < count; i++)
		add(w, fixed[i]);
	add(w, NULL);
}

/* An error number. */
static int
spawn(struct ev_git_run *run, char *const *argv, char *const *envp)
{
	posix_spawn_file_actions_t actions;
	int r;

	posix_spawn_file_actions_init(&actions);
	if (run->in != -1)
		posix_spawn_file_actions_adddup2(
		    &actions, run->in, STDIN_FILENO);
	else
		posix_spawn_file_actions_addopen(
		    &actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, run->out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, run->err, STDERR_FILENO);
	r = posix_spawnp(&run->pid, "git", &actions, NULL, argv, envp);
	posix_spawn_file_actions_destroy(&actions);
	return r;
}

static void
close_files(struct ev_git_run *run)
{
	if (run->in != -1)
		close(run->in);
	if (run->out != -1)
		close(run->out);
	if (run->err != -1)
		close(run->err);
}

static int
start(struct ev_git_run *run, const char *const *args, bool index,
    struct ev_err *err)
{
	struct words argv = { NULL, 0 }, envp = { NULL, 0 };
	int r;

	run->out = memfd_create("git", MFD_CLOEXEC);
	run->err = memfd_create("git", MFD_CLOEXEC);
	if (run->out == -1 || run->err == -1) {
		close_files(run);
		return ev_fail_errno(err, "cannot make a file in memory");
	}
	add(&argv, "git");
	/* a program that a repository names, which some commands start */
	add(&argv, "-c");
	add(&argv, "core.fsmonitor=false");
	for (; *args != NULL; args++)
		add(&argv, *args);
	add(&argv, NULL);
	environment(&envp, index);
	r = spawn(run, argv.v, envp.v);
	clear(&argv);
	clear(&envp);
	if (r == 0)
		return 0;
	close_files(run);
	errno = r;
	return ev_fail_errno(err, "cannot run git");
}

int
ev_git_run(struct ev_git_run *run, const char *const *args, struct ev_err *err)
{
	run->in = -1;
	return start(run, args, false, err);
}

int
ev_git_run_fed(struct ev_git_run *run, const char *const *args,
    struct ev_slice text, struct ev_err *err)
{
	run->in = memfd_create("git", MFD_CLOEXEC);
	if (run->in == -1)
		return ev_fail_errno(err, "cannot make a file in memory");
	if (ev_pwrite_all(run->in, text.p, text.n, 0) == 0)
		return start(run, args, false, err);
	ev_fail_errno(err, "cannot write what git is to read");
	close(run->in);
	return -1;
}

static int
take(int fd, struct ev_buf *out, struct ev_err *err)
{
	/* the child's place in the file is ours */
	if (lseek(fd, 0, SEEK_SET) == -1)
		return ev_fail_errno(err, "cannot read what git printed");
	return ev_read_fd(fd, out, MOST_OUTPUT, "what git printed", err);
}

/* The line that says why git ended, else its first one. */
static const char *
last_words(const char *text)
{
	static const char says[] = "fatal: ";
	const char *line = text;

	while (strncmp(line, says, sizeof(says) - 1) != 0) {
		line = strchr(line, '\n');
		if (line == NULL)
			return text;
		line++;
	}
	return line + sizeof(says) - 1;
}

static int
fail(struct ev_git_run *run, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	const char *line;

	if (take(run->err, &text, err) == -1) {
		ev_buf_clear(&text);
		return -1;
	}
	line = last_words(ev_buf_str(&text));
	if (*line == '\0')
		ev_fail(err, "git failed and does not say why");
	else
		ev_fail(err, "git: %.*s", (int)strcspn(line, "\n"), line);
	ev_buf_clear(&text);
	return -1;
}

/* Does it end before that moment?  Where nobody tells us, look now and then. */
static bool
ends_before(pid_t pid, int64_t until)
{
	struct pollfd p = { .fd = (int)syscall(SYS_pidfd_open, pid, 0),
		.events = POLLIN };
	siginfo_t info = { 0 };
	int64_t left;
	bool ended;

	do {
		left = until - ev_clock_mono();
		if (left > 0)
			poll(&p, 1, p.fd >= 0 ? (int)left : PAUSE);
		/* an error: somebody else waited for it */
		ended = waitid(P_PID, (id_t)pid, &info,
			    WEXITED | WNOHANG | WNOWAIT) != 0 ||
		    info.si_pid == pid;
	} while (!ended && left > 0);
	if (p.fd >= 0)
		close(p.fd);
	return ended;
}

int
ev_git_run_end(struct ev_git_run *run, int64_t until, struct ev_buf *out,
    struct ev_err *err)
{
	bool late = until > 0 && !ends_before(run->pid, until);
	int status = 0, r;

	if (late)
		kill(run->pid, SIGKILL);
	while ((r = waitpid(run->pid, &status, 0)) == -1 && errno == EINTR)
		continue;
	if (late) {
		close_files(run);
		return ev_fail(err, "git did not answer in time");
	}
	/* where SIGCHLD is ignored there is no status: the output tells */
	if (r != -1 && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		r = fail(run, err);
	else
		r = take(run->out, out, err);
	close_files(run);
	return r;
}

int
ev_git_ask_index(
    const char *const *args, struct ev_buf *out, struct ev_err *err)
{
	struct ev_git_run run = { .pid = -1, .in = -1, .out = -1, .err = -1 };

	if (start(&run, args, true, err) == -1)
		return -1;
	return ev_git_run_end(&run, 0, out, err);
}

int
ev_git_ask(const char *const *args, int64_t until, struct ev_buf *out,
    struct ev_err *err)
{
	struct ev_git_run run = { .pid = -1, .out = -1, .err = -1 };

	if (ev_git_run(&run, args, err) == -1)
		return -1;
	return ev_git_run_end(&run, until, out, err);
}
