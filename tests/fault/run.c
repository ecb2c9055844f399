#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "reader.h"
#include "tree.h"

#define ARGS 16
#define ENV 12
#define WORD 400

struct vars {
	char text[ENV][WORD];
	char *row[ENV + 1];
	size_t n;
};

void
run_desk(struct desk *desk, const char *parent, unsigned number)
{
	snprintf(desk->dir, sizeof(desk->dir), "%.200s/%u", parent, number);
	snprintf(desk->store, sizeof(desk->store), "%s/store", desk->dir);
	if (mkdir(desk->dir, 0755) < 0)
		fail("make", desk->dir);
}

static void
set(struct vars *vars, const char *name, const char *value)
{
	if (vars->n == ENV ||
	    snprintf(vars->text[vars->n], WORD, "%s=%s", name, value) >= WORD)
		fail("set", name);
	vars->row[vars->n] = vars->text[vars->n];
	vars->row[++vars->n] = NULL;
}

static void
set_all(struct vars *vars, const struct desk *desk, const struct emit *emit,
    const char *fault, const char *text)
{
	char log[WORD];

	vars->n = 0;
	set(vars, "PATH", "/usr/bin:/bin");
	set(vars, "HOME", desk->dir);
	set(vars, "LC_ALL", "C");
	set(vars, "TZ", "UTC");
	set(vars, "EV_ACTOR", "tester");
	set(vars, "EV_NOW", emit->now);
	if (fault == NULL || desk->inject != NULL)
		return;
	snprintf(log, sizeof(log), "%s/" READER_LOG, desk->store);
	set(vars, "LD_PRELOAD", desk->shim);
	set(vars, "EV_FAULT", fault);
	set(vars, "EV_FAULT_LOG", log);
	set(vars, "EV_FAULT_TEXT", text != NULL ? text : "");
}

/* The words of a reader's arguments, which are cut apart. */
static size_t
read_words(const char **arg, size_t n, char *words)
{
	char *rest, *word = strtok_r(words, " ", &rest);

	for (; word != NULL && n < ARGS - 1; word = strtok_r(NULL, " ", &rest))
		arg[n++] = word;
	return n;
}

static size_t
emit_words(const char **arg, size_t n, const struct emit *emit, char *title)
{
	if (emit->sync != NULL) {
		arg[n++] = "--sync";
		arg[n++] = emit->sync;
	}
	if (emit->id != NULL) {
		arg[n++] = "--id";
		arg[n++] = emit->id;
	}
	if (emit->input != NULL) {
		arg[n++] = "-";
		return n;
	}
	strcpy(title, "title=");
	memset(title + 6, 't', emit->size);
	title[6 + emit->size] = '\0';
	arg[n++] = "bead.created";
	arg[n++] = "bead_id=gt-1";
	arg[n++] = title;
	return n;
}

/* The row ends in NULL; its texts are the caller's, *scratch is to free. */
static void
arguments(char *arg[ARGS], const struct desk *desk, const struct emit *emit,
    const char *fault, char *log, char **scratch)
{
	const char *fixed[ARGS] = { desk->inject, fault };
	size_t n = desk->inject != NULL && fault != NULL ? 2 : 0, i;
	size_t room = emit->size + 400;

	*scratch = calloc(2, room);
	if (*scratch == NULL)
		fail("run", desk->command);
	fixed[n++] = desk->command;
	fixed[n++] = "-S";
	fixed[n++] = log;
	if (emit->reader != NULL) {
		snprintf(*scratch, room, "%s", desk->command);
		/* .../ev-emit: the reader is its neighbour */
		strcpy(strrchr(*scratch, '/') + 1, "ev-tail");
		fixed[n - 3] = *scratch;
		snprintf(*scratch + room, room, "%s", emit->reader);
		n = read_words(fixed, n, *scratch + room);
	} else {
		n = emit_words(fixed, n, emit, *scratch);
	}
	for (i = 0; i < ARGS; i++)
		arg[i] = i < n ? (char *)(size_t)fixed[i] : NULL;
}

/* All that comes, as far as there is room. */
static void
collect(int fd, struct outcome *out)
{
	char rest[256];
	ssize_t n;

	do {
		n = out->n < RUN_TEXT - 1 ?
		    read(fd, out->text + out->n, RUN_TEXT - 1 - out->n) :
		    read(fd, rest, sizeof(rest));
		if (n > 0 && out->n < RUN_TEXT - 1)
			out->n += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	out->text[out->n] = '\0';
}

static void
read_says(const char *path, struct outcome *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, out->says, RUN_TEXT - 1) : 0;

	out->says[n > 0 ? n : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

static pid_t
start(const struct desk *desk, char **arg, char **env, const int out[2],
    const char *in, const char *says)
{
	posix_spawn_file_actions_t acts;
	pid_t pid;

	posix_spawn_file_actions_init(&acts);
	posix_spawn_file_actions_addopen(&acts, 0, in, O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&acts, out[1], 1);
	posix_spawn_file_actions_addopen(
	    &acts, 2, says, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	errno = posix_spawn(&pid, arg[0], &acts, NULL, arg, env);
	if (errno != 0)
		fail("run", desk->command);
	posix_spawn_file_actions_destroy(&acts);
	return pid;
}

static void
put_input(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail("write", path);
}

void
run_emit(const struct desk *desk, const struct emit *emit, const char *fault,
    const char *text, struct outcome *out)
{
	char log[WORD], in[WORD] = "/dev/null", says[WORD], *scratch,
			*arg[ARGS];
	struct vars vars;
	int to[2];
	pid_t pid;

	snprintf(log, sizeof(log), "%s/" READER_LOG, desk->store);
	snprintf(says, sizeof(says), "%s/stderr", desk->dir);
	if (emit->input != NULL) {
		snprintf(in, sizeof(in), "%s/input", desk->dir);
		put_input(in, emit->input);
	}
	set_all(&vars, desk, emit, fault, text);
	arguments(arg, desk, emit, fault, log, &scratch);
	if (pipe2(to, O_CLOEXEC) < 0)
		fail("make", "a pipe");
	pid = start(desk, arg, vars.row, to, in, says);
	close(to[1]);
	*out = (struct outcome){ 0 };
	collect(to[0], out);
	close(to[0]);
	while (waitpid(pid, &out->status, 0) < 0)
		if (errno != EINTR)
			fail("wait for", desk->command);
	out->killed =
	    WIFSIGNALED(out->status) && WTERMSIG(out->status) == SIGKILL;
	out->done = out->status == 0;
	if (!out->killed && !out->done)
		read_says(says, out);
	free(scratch);
}

bool
run_printed(const struct outcome *out, const char *id)
{
	const char *p = out->text;
	size_t n = strlen(id);

	for (; (p = strstr(p, id)) != NULL; p += n)
		if ((p == out->text || p[-1] == '\n') && p[n] == '\n')
			return true;
	return false;
}
