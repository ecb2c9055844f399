#include "git/site.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/conf.h"
#include "git/run.h"

void
ev_site_clear(struct ev_site *site)
{
	free(site->dir);
	free(site->common);
	free(site->top);
	*site = (struct ev_site)EV_SITE_INIT;
}

bool
ev_site_linked(const struct ev_site *site)
{
	return strcmp(site->dir, site->common) != 0;
}

/* "dir/name", or name when that is absolute. */
static void
join(struct ev_buf *out, const char *dir, const char *name)
{
	ev_buf_reset(out);
	if (name[0] != '/')
		ev_buf_addf(out, "%s/", dir);
	ev_buf_adds(out, name);
	ev_buf_str(out);
}

/* A small file that names a path, without its last LF; false: it has none. */
static bool
read_path(const char *dir, const char *name, struct ev_buf *line)
{
	struct ev_buf path = EV_BUF_INIT;
	bool has;

	join(&path, dir, name);
	ev_buf_reset(line);
	has = ev_conf_load(path.p, false, line, NULL) == 1 && line->n > 0;
	ev_buf_clear(&path);
	while (has && line->n > 0 &&
	    (line->p[line->n - 1] == '\n' || line->p[line->n - 1] == '\r'))
		line->n--;
	ev_buf_str(line);
	return has && line->n > 0;
}

/* The git directory that a ".git" in the working directory is or names. */
static char *
dir_of_here(void)
{
	static const char says[] = "gitdir: ";
	struct ev_buf line = EV_BUF_INIT;
	char *dir = NULL;
	struct stat st;

	if (lstat(".git", &st) == 0 && S_ISDIR(st.st_mode))
		dir = realpath(".git", NULL);
	else if (read_path(".", ".git", &line) &&
	    strncmp(line.p, says, sizeof(says) - 1) == 0)
		dir = realpath(line.p + sizeof(says) - 1, NULL);
	ev_buf_clear(&line);
	return dir;
}

/* The git directory of the main work tree. */
static char *
common_of(const char *dir)
{
	struct ev_buf line = EV_BUF_INIT, path = EV_BUF_INIT;
	char *common;

	if (read_path(dir, "commondir", &line)) {
		join(&path, dir, line.p);
		common = realpath(path.p, NULL);
	} else {
		common = ev_strdup(dir);
	}
	ev_buf_clear(&line);
	ev_buf_clear(&path);
	return common;
}

/* A variable of the repository's own config, malloced, or NULL. */
static char *
own_config(const struct ev_site *site, const char *name)
{
	struct ev_buf path = EV_BUF_INIT;
	char *value = NULL;

	join(&path, site->common, "config");
	if (ev_conf_get(path.p, name, &value, NULL) != 1)
		value = NULL;
	ev_buf_clear(&path);
	return value;
}

/* Inside the git directory of a work tree git knows no work tree: it is the
 * directory above. */
static void
leave_dir(struct ev_site *site)
{
	char *slash = strrchr(site->dir, '/'), *bare;

	if (site->top != NULL || slash == site->dir ||
	    strcmp(slash, "/.git") != 0)
		return;
	bare = own_config(site, "core.bare");
	if (bare == NULL || strcmp(bare, "true") != 0)
		site->top = ev_memdup(site->dir, (size_t)(slash - site->dir));
	free(bare);
}

int
ev_site_hook(struct ev_site *site, int64_t until, struct ev_err *err)
{
	const char *named = getenv("GIT_DIR");

	site->dir = named != NULL && *named != '\0' ? realpath(named, NULL) :
						      dir_of_here();
	if (site->dir != NULL)
		site->common = common_of(site->dir);
	site->top = realpath(".", NULL);
	if (site->dir == NULL || site->common == NULL || site->top == NULL) {
		ev_site_clear(site);
		return ev_site_ask(site, until, err);
	}
	/* a hook of a repository without a work tree stands in it */
	if (strcmp(site->top, site->dir) == 0) {
		free(site->top);
		site->top = NULL;
	}
	leave_dir(site);
	return 0;
}

/* What git says of a path, which may have newlines itself; malloced, or
 * NULL. */
static char *
ask_path(const char *what, int64_t until, struct ev_err *err)
{
	const char *const args[] = { "rev-parse", "--path-format=absolute",
		what, NULL };
	struct ev_buf out = EV_BUF_INIT;
	char *path = NULL;

	if (ev_git_ask(args, until, &out, err) == 0 && out.n > 1) {
		out.n--;
		path = realpath(ev_buf_str(&out), NULL);
		if (path == NULL)
			ev_fail_errno(err, "cannot find '%s'", out.p);
	}
	ev_buf_clear(&out);
	return path;
}

int
ev_site_ask(struct ev_site *site, int64_t until, struct ev_err *err)
{
	site->dir = ask_path("--git-dir", until, err);
	if (site->dir != NULL)
		site->common = ask_path("--git-common-dir", until, err);
	if (site->common == NULL) {
		ev_site_clear(site);
		return -1;
	}
	/* fails in one without a work tree, and inside a git directory */
	site->top = ask_path("--show-toplevel", until, NULL);
	leave_dir(site);
	return 0;
}

char *
ev_site_driver(const struct ev_site *site)
{
	return own_config(site, "merge.ev.driver");
}

char *
ev_site_main(const struct ev_site *site)
{
	struct ev_buf path = EV_BUF_INIT;
	char *named, *slash, *top;

	if (!ev_site_linked(site))
		return ev_strdup(site->top != NULL ? site->top : site->dir);
	named = own_config(site, "core.worktree");
	if (named != NULL) {
		join(&path, site->common, named);
		top = realpath(path.p, NULL);
		ev_buf_clear(&path);
		free(named);
		if (top != NULL)
			return top;
	}
	top = ev_strdup(site->common);
	slash = strrchr(top, '/');
	if (strcmp(slash, "/.git") == 0 && slash > top)
		*slash = '\0';
	return top;
}

bool
ev_site_busy(const struct ev_site *site)
{
	static const char *const marks[] = { "rebase-merge", "rebase-apply",
		"sequencer", "MERGE_AUTOSTASH" };
	struct ev_buf path = EV_BUF_INIT;
	bool busy = false;
	size_t i;

	for (i = 0; !busy && i < sizeof(marks) / sizeof(marks[0]); i++) {
		join(&path, site->dir, marks[i]);
		busy = access(path.p, F_OK) == 0;
	}
	ev_buf_clear(&path);
	return busy;
}
