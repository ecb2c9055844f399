#include "fp/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "out/escape.h"
#include "parse/parse.h"
#include "parse/write.h"

#define READ_BYTES 65536

struct run {
	struct ev_tool *tool;
	struct ev_buf line;
};

static void
broken(struct ev_tool *tool, const struct ev_err *err)
{
	if (!tool->broken)
		ev_say_err(tool->say, err);
	tool->broken = true;
}

static void
found(void *arg, const struct ev_finding *finding)
{
	struct run *run = arg;
	struct ev_tool *tool = run->tool;
	struct ev_err err;

	ev_buf_reset(&run->line);
	ev_finding_write(&run->line, finding, NULL, 1);
	if (tool->terminal)
		ev_escape_lines(&run->line, 0);
	tool->found++;
	if (!tool->broken &&
	    ev_sink_write(tool->sink, run->line.p, run->line.n, &err) == -1)
		broken(tool, &err);
}

/* The work tree that a directory is in, as an absolute path that is the
 * caller's; NULL: it is in none. */
static char *
work_tree(const char *dir)
{
	char *root = ev_strdup(dir), *cut;
	struct ev_buf git = EV_BUF_INIT;

	for (;;) {
		ev_buf_reset(&git);
		ev_buf_addf(&git, "%s/.git", root);
		if (access(ev_buf_str(&git), F_OK) == 0)
			break;
		cut = strrchr(root, '/');
		if (cut == NULL || cut[1] == '\0') {
			free(root);
			root = NULL;
			break;
		}
		cut[cut == root] = '\0';
	}
	ev_buf_clear(&git);
	return root;
}

/* A document that is not whole is told, and the rest is read. */
static void
damaged(struct run *run, const char *name, const struct ev_err *err)
{
	struct ev_err said;

	run->tool->damaged = true;
	ev_fail(&said, "%s: %s", name, err->text);
	ev_say_err(run->tool->say, &said);
}

static int
read_fd(struct run *run, struct ev_parse *parse, int fd, const char *name)
{
	struct ev_tool *tool = run->tool;
	static char bytes[READ_BYTES];
	struct ev_err err;
	ssize_t n;

	for (;;) {
		n = read(fd, bytes, sizeof(bytes));
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0 || tool->broken)
			break;
		if (ev_parse_feed(parse, bytes, (size_t)n, &err) == -1)
			damaged(run, name, &err);
		if (!tool->broken && ev_sink_flush(tool->sink, &err) == -1)
			broken(tool, &err);
	}
	if (n == -1) {
		ev_fail_errno(&err, "cannot read '%s'", name);
		ev_say_err(tool->say, &err);
		return -1;
	}
	if (ev_parse_end(parse, &err) == -1)
		damaged(run, name, &err);
	return tool->broken ? -1 : 0;
}

static int
read_file(struct run *run, const struct ev_parse_given *given, const char *name)
{
	bool standard = strcmp(name, "-") == 0;
	struct ev_parse *parse;
	struct ev_err err;
	int fd, r;

	parse = ev_parse_new(given, &err);
	fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	if (parse != NULL && fd == -1)
		ev_fail_errno(&err, "cannot open '%s'", name);
	if (parse == NULL || fd == -1) {
		ev_say_err(run->tool->say, &err);
		r = -1;
	} else {
		r = read_fd(run, parse, fd, name);
	}
	if (!standard && fd != -1)
		close(fd);
	ev_parse_free(parse);
	return r;
}

int
ev_tool_run(struct ev_tool *tool, char *const *files, size_t n)
{
	char *dir = getcwd(NULL, 0);
	char *root = dir != NULL ? work_tree(dir) : NULL;
	struct run run = { .tool = tool };
	struct ev_parse_given given = { .format = tool->format,
		.root = root != NULL ? root : dir,
		.dir = dir,
		.found = found,
		.arg = &run };
	size_t i;
	int r = 0;

	if (n == 0)
		r = read_file(&run, &given, "-");
	for (i = 0; i < n && !tool->broken; i++)
		r |= read_file(&run, &given, files[i]);
	ev_buf_clear(&run.line);
	free(root);
	free(dir);
	return r;
}
