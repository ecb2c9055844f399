#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"
#include "event/event.h"
#include "git/commit.h"
#include "gits.h"
#include "history/blob.h"
#include "history/blame.h"
#include "history/stand.h"
#include "history/union.h"
#include "out/escape.h"
#include "store/layout.h"
#include "store/rows.h"
#include "text/time.h"

int
gits_merge(struct git *g, char **args, size_t n)
{
	const char *ours = args[1], *theirs = args[2];
	const char *path = n > 3 ? args[3] : ours;
	struct ev_union u = { .clash = EV_BUF_INIT };
	struct ev_err err;

	/* %O, what both come from, is not asked: what it has and neither of
	 * them was taken out of both */
	if (ev_union(ours, theirs, &u, &err) == -1)
		cmd_die(&g->cmd, "%s: %s", path, err.text);
	if (u.clashes == 1)
		cmd_warn(&g->cmd,
		    "%s: the lines with the id %s differ; all are kept", path,
		    ev_buf_str(&u.clash));
	else if (u.clashes > 1)
		cmd_warn(&g->cmd,
		    "%s: the lines of %zu ids (the first: %s) differ; all are "
		    "kept",
		    path, u.clashes, ev_buf_str(&u.clash));
	ev_buf_clear(&u.clash);
	return CMD_OK;
}

/* The log of this work tree: its path, malloced, from the root on, where we
 * go.  gone: it may be missing, then it is where one would be made. */
static char *
find_log(struct git *g, bool gone)
{
	const char *named = ev_setting(g->cmd.settings, EV_SET_STORE);
	struct ev_buf path = EV_BUF_INIT;
	struct ev_err err;
	size_t n;

	if (ev_place_find(&g->place, named, gone, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	gits_site(g);
	n = g->site.top != NULL ? strlen(g->site.top) : 0;
	if (n == 0 || strncmp(g->place.dir, g->site.top, n) != 0 ||
	    (g->place.dir[n] != '/' && g->place.dir[n] != '\0'))
		cmd_die(&g->cmd, "'%s' is in no work tree of this repository",
		    g->place.shown);
	if (g->place.dir[n] == '/')
		ev_buf_addf(&path, "%s/", g->place.dir + n + 1);
	ev_buf_adds(&path, g->place.log);
	if (chdir(g->site.top) == -1)
		cmd_die(&g->cmd, "cannot enter '%s'", g->site.top);
	ev_buf_str(&path);
	return path.p;
}

/* Text of the log or of git, to whoever reads it. */
static void
print(struct git *g, struct ev_buf *text)
{
	if (isatty(STDOUT_FILENO) == 1)
		ev_escape_lines(text, 0);
	cmd_print(&g->cmd, text->p, text->n);
}

/* "HASH  DATE  AUTHOR  SUBJECT", parted by tabs. */
static void
print_commit(struct git *g, const char *hash)
{
	struct ev_commit c = EV_COMMIT_INIT;
	struct ev_buf line = EV_BUF_INIT;
	char time[EV_TIME_SIZE] = "";
	struct ev_err err;

	if (ev_commit_read(&c, hash, EV_GIT_CHILD, 0, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	if (c.committer.timed)
		ev_time_format_s(c.committer.time, time);
	ev_buf_addf(&line, "%s\t%s\t", c.hash, time);
	ev_escape(&line, c.author.name);
	ev_buf_addc(&line, '\t');
	ev_escape(&line, ev_buf_slice(&c.subject));
	ev_buf_addc(&line, '\n');
	print(g, &line);
	ev_buf_clear(&line);
	ev_commit_clear(&c);
}

/* Calls for each distinct line of the text that has the id; how many there
 * were. */
static size_t
lines_with(struct git *g, const char *id, struct ev_slice text,
    void (*fn)(struct git *, struct ev_blame *, struct ev_slice),
    struct ev_blame *blame)
{
	struct ev_model *model = ev_model_new(NULL);
	struct ev_map *seen = ev_map_new();
	struct ev_slice line;
	struct ev_event *ev;
	struct ev_err err;
	size_t count = 0;
	bool fresh;

	if (ev_rows_read(&g->place, &err) == -1)
		cmd_warn(&g->cmd, "%s; no dialect of it is known", err.text);
	ev_model_custom(model, g->place.custom);
	ev_model_want(model, EV_ID);
	ev_model_seal(model);
	ev = ev_event_new(model);
	while (ev_blob_line(&text, &line))
		if (ev_event_read(ev, line.p, line.n) == EV_SCAN_OK &&
		    ev_slice_is(ev_event_id(ev), id)) {
			ev_map_at(seen, line.p, line.n, &fresh);
			if (fresh)
				fn(g, blame, line);
			count += fresh;
		}
	ev_map_free(seen);
	ev_event_free(ev);
	ev_model_free(model);
	return count;
}

static void
blame_line(struct git *g, struct ev_blame *blame, struct ev_slice line)
{
	struct ev_buf hash = EV_BUF_INIT;
	struct ev_err err;
	int r = ev_blame_find(blame, line, &hash, &err);

	if (r == -1)
		cmd_die(&g->cmd, "%s", err.text);
	if (r == 1)
		print_commit(g, ev_buf_str(&hash));
	ev_buf_clear(&hash);
}

int
gits_blame(struct git *g, char **args, size_t n)
{
	char *path = find_log(g, false);
	struct ev_buf blob = EV_BUF_INIT;
	struct ev_blame *blame;
	struct ev_err err;
	size_t found;
	int r;

	(void)n;
	r = ev_blob_read("HEAD", path, &blob, &err);
	if (r == -1)
		cmd_die(&g->cmd, "%s", err.text);
	if (r == 0)
		cmd_die(
		    &g->cmd, "'%s' is not in HEAD: git does not know it", path);
	blame = ev_blame_new(path, &err);
	if (blame == NULL)
		cmd_die(&g->cmd, "%s", err.text);
	found = lines_with(g, args[0], ev_buf_slice(&blob), blame_line, blame);
	if (found == 0)
		cmd_warn(&g->cmd, "no commit brought %s: HEAD:%s lacks it",
		    args[0], path);
	ev_blame_free(blame);
	ev_buf_clear(&blob);
	free(path);
	return found > 0 ? CMD_OK : CMD_NO;
}

/* The log as it is now; nothing when it is gone. */
static void
read_present(struct git *g, const char *path, struct ev_buf *now)
{
	struct ev_err err;
	int r = 0;

	if (g->opt.cached)
		r = ev_blob_read("", path, now, &err);
	else if (access(path, F_OK) == 0)
		r = ev_read_file(path, now, SIZE_MAX / 2, &err);
	if (r == -1)
		cmd_die(&g->cmd, "%s", err.text);
	ev_buf_reserve(now, EV_SCAN_PAD);
	memset(now->p + now->n, '\0', EV_SCAN_PAD);
}

/* The log as it was then: 1, 0 there was none.  Where there is none now it may
 * have been any that is found by its name, which becomes *path. */
static int
read_past(struct git *g, const char *rev, char **path, struct ev_buf *then)
{
	const struct ev_spot *spot = ev_spots_found;
	struct ev_err err;
	int r = ev_blob_read(rev, *path, then, &err);

	for (; r == 0 && !g->place.exists && spot->log != NULL; spot++) {
		free(*path);
		*path = ev_layout_join(spot->sub, spot->log);
		r = ev_blob_read(rev, *path, then, &err);
	}
	if (r == -1)
		cmd_die(&g->cmd, "%s", err.text);
	return r;
}

int
gits_check(struct git *g, char **args, size_t n)
{
	const char *rev = n > 0 ? args[0] : "HEAD";
	char *path = find_log(g, true);
	struct ev_buf then = EV_BUF_INIT, now = EV_BUF_INIT,
		      missing = EV_BUF_INIT;
	size_t count = 0;

	if (*rev == '\0')
		cmd_die(&g->cmd, "check: REV is empty");
	if (read_past(g, rev, &path, &then) == 1) {
		read_present(g, path, &now);
		count =
		    ev_stand(ev_buf_slice(&then), ev_buf_slice(&now), &missing);
	}
	if (count > 0) {
		cmd_warn(&g->cmd, "%zu line%s of %s:%s %s not stand any more",
		    count, count == 1 ? "" : "s", rev, path,
		    count == 1 ? "does" : "do");
		if (!g->cmd.common.quiet)
			print(g, &missing);
	}
	ev_buf_clear(&then);
	ev_buf_clear(&now);
	ev_buf_clear(&missing);
	free(path);
	return count > 0 ? CMD_NO : CMD_OK;
}
