#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/defaults.h"
#include "effort.h"
#include "emit/options.h"
#include "git/run.h"
#include "gits.h"
#include "hook/happen.h"
#include "hook/home.h"
#include "store/rows.h"

#define HOOK_MS 2000 /* how long git waits for us at most */
#define BATCH 500    /* commits that one child tells of */

static void
to_nowhere(void *arg, const char *text)
{
	(void)arg;
	(void)text;
}

/* The store, its settings, and what they put into events. */
static void
prepare(struct git *g, bool tracked)
{
	static const struct ev_emit_options none;
	struct ev_settings *settings = g->cmd.settings;
	const char *named = ev_setting(settings, EV_SET_STORE);
	bool best = g->cmd.harmless;
	struct ev_err err;

	if (g->cmd.common.dialect != NULL &&
	    strcmp(g->cmd.common.dialect, "vermas") != 0)
		cmd_die(&g->cmd, "-d: only vermas is written");
	if (ev_home_find(&g->place, &g->site, named, tracked, &err) == -1) {
		if (!best)
			cmd_die(&g->cmd, "%s", err.text);
		g->record.refused = err;
	} else if (ev_defaults_place(settings, &g->place, &err) == -1) {
		if (!best)
			cmd_die(&g->cmd, "%s", err.text);
		cmd_warn(&g->cmd, "%s", err.text);
	}
	if (g->place.dir != NULL && ev_rows_read(&g->place, &err) == -1)
		cmd_warn(&g->cmd, "%s; no dialect of it is known", err.text);
	ev_setting_put(settings, EV_SET_DIALECT, "vermas");
	g->given.redact = ev_emit_redactor(&none, settings);
	if (ev_given_settings(&g->given, settings, false, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	g->given.dir = ".";
	g->record.place = &g->place;
	g->record.best_effort = best;
	g->record.quiet = true;
	g->record.to =
	    (struct ev_record_to){ cmd_told, cmd_put, cmd_put_out, &g->cmd };
	g->tell.given = &g->given;
	g->tell.record = &g->record;
}

/*
 * A log that is tracked must not change while git is at work on the tree that
 * it is in: what happens then waits in the spool for the next write, and nobody
 * needs to be told.
 */
static bool
must_wait(struct git *g, bool *tracked)
{
	bool busy = ev_site_busy(&g->site);
	char *driver;

	*tracked = false;
	if (!busy && !ev_site_linked(&g->site))
		return false;
	driver = ev_site_driver(&g->site);
	*tracked = driver != NULL;
	free(driver);
	return busy && *tracked;
}

int
gits_hook(struct git *g, char **args, size_t n)
{
	struct ev_err err;
	enum ev_hook which;
	bool tracked, wait;

	cmd_harmless(&g->cmd);
	which = ev_hook_named(args[0]);
	if (which == EV_HOOKS)
		cmd_die(&g->cmd, "hook: '%s' is none of ours", args[0]);
#ifndef EV_MUTANT_NO_HOOK_LIMIT
	g->tell.until = effort_limit(g->cmd.name, HOOK_MS, &g->record.options);
#endif
	if (ev_site_hook(&g->site, g->tell.until, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	wait = must_wait(g, &tracked);
	prepare(g, tracked);
	if (wait) {
		ev_fail(&g->record.refused, "git is at work");
		g->record.to.say = to_nowhere;
	}
	if (ev_happen(which, &g->tell, &g->site, args + 1, n - 1, STDIN_FILENO,
		&err) == -1)
		cmd_warn(&g->cmd,
		    "%s: %s; not all of it is recorded, "
		    "ev-git backfill finds commits",
		    args[0], err.text);
	return CMD_OK;
}

/* The commits, oldest first, one hash per line. */
static void
list_commits(struct git *g, char **ranges, size_t n, struct ev_buf *hashes)
{
	static const char *const all[] = { "--exclude=refs/stash",
		"--exclude=refs/notes/*", "--exclude=refs/replace/*", "--all" };
	const char **args = ev_calloc(n + 8, sizeof(*args));
	struct ev_err err;
	size_t at = 0, i;

	args[at++] = "rev-list";
	args[at++] = "--reverse";
	args[at++] = "--topo-order";
	for (i = 0; g->opt.all && i < sizeof(all) / sizeof(all[0]); i++)
		args[at++] = all[i];
	for (i = 0; i < n; i++) {
		/* to git it would be an option: --since=banana is "now" */
		if (ranges[i][0] == '-' || ranges[i][0] == '\0')
			cmd_die(
			    &g->cmd, "'%s' is no range of commits", ranges[i]);
		args[at++] = ranges[i];
	}
	args[at] = "--";
	if (ev_git_ask(args, 0, hashes, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	free(args);
}

static size_t
tell_all(struct git *g, struct ev_slice rest)
{
	size_t total = rest.n, count = 0, n;
	struct ev_slice batch;
	struct ev_err err;
	const char *end;

	ev_progress_start(&g->progress, total, g->cmd.common.quiet);
	g->cmd.progress = &g->progress;
	while (rest.n > 0) {
		batch = (struct ev_slice){ rest.p, 0 };
		for (n = 0; n < BATCH && rest.n > 0; n++, count++) {
			end = memchr(rest.p, '\n', rest.n);
			rest.n -= (size_t)(end + 1 - rest.p);
			rest.p = end + 1;
		}
		batch.n = (size_t)(rest.p - batch.p);
		if (ev_tell_commits(&g->tell, batch, &err) == -1)
			cmd_die(&g->cmd, "%s", err.text);
		ev_progress_tick(&g->progress, total - rest.n);
	}
	if (ev_tell_end(&g->tell, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	ev_progress_end(&g->progress);
	return count;
}

int
gits_backfill(struct git *g, char **args, size_t n)
{
	struct ev_buf hashes = EV_BUF_INIT;
	size_t count;
	char *driver;

	if ((n == 0) != g->opt.all)
		cmd_die(&g->cmd, "backfill: a RANGE of commits, or --all");
	gits_site(g);
	driver = ev_site_driver(&g->site);
	prepare(g, driver != NULL);
	free(driver);
	/* who runs this did not make the commits */
	ev_buf_reset(&g->given.said[EV_SAY_SESSION].raw);
	ev_buf_reset(&g->given.said[EV_SAY_CORRELATION].raw);
	g->tell.past = true;
	list_commits(g, args, n, &hashes);
	count = tell_all(g, ev_buf_slice(&hashes));
	if (!g->cmd.common.quiet)
		cmd_warn(&g->cmd, "%zu commit%s, %zu of them in the log before",
		    count, count == 1 ? "" : "s", g->record.same);
	ev_buf_clear(&hashes);
	return CMD_OK;
}
