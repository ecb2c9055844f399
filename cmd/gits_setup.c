#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "git/index.h"
#include "gits.h"
#include "hook/home.h"
#include "hook/setup.h"
#include "out/escape.h"
#include "store/layout.h"

void
gits_site(struct git *g)
{
	struct ev_err err;

	if (ev_site_ask(&g->site, 0, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
}

/* Does git know the log of this work tree? */
static bool
in_index(const struct ev_place *place)
{
	return ev_index_has(place->dir, place->log, NULL) == 1;
}

/* Where the log is, and whether it is tracked. */
static void
find_log(struct git *g, struct ev_setup *setup)
{
	const char *named = ev_setting(g->cmd.settings, EV_SET_STORE);
	char *driver = ev_site_driver(&g->site);
	struct ev_err err;
	int r;

	r = ev_home_find(&g->place, &g->site, named, true, &err);
	setup->track = g->opt.track ||
	    (driver != NULL && setup->run.job != EV_GRAFT_INSTALL) ||
	    (r == 0 && g->site.top != NULL && in_index(&g->place));
	free(driver);
	if (r == 0 && !setup->track)
		r = ev_home_find(&g->place, &g->site, named, false, &err);
	if (r == -1)
		cmd_die(&g->cmd, "%s", err.text);
	if (setup->track && g->site.top == NULL)
		cmd_die(&g->cmd, "--track: there is no work tree here");
}

/* --hooks LIST; without it all, or (status) those that are there. */
static void
choose_hooks(struct git *g, struct ev_setup *setup)
{
	bool *chosen = setup->script.chosen;
	const char *list = g->opt.hooks;
	enum ev_hook which;
	char *copy, *rest, *name;

	for (which = 0; list == NULL && which < EV_HOOKS; which++)
		chosen[which] = setup->run.job == EV_GRAFT_INSTALL;
	if (list == NULL)
		return;
	copy = rest = ev_strdup(list);
	while ((name = strsep(&rest, ",")) != NULL) {
		which = ev_hook_named(name);
		if (which == EV_HOOKS)
			cmd_die(&g->cmd,
			    "--hooks: '%s' is not one of: "
			    "post-commit post-merge post-applypatch "
			    "post-rewrite post-checkout pre-push",
			    name);
		chosen[which] = true;
	}
	free(copy);
}

/* Our own path, for the hooks. */
static char *
own_path(const struct git *g)
{
	char *path = realpath("/proc/self/exe", NULL);

	if (path == NULL)
		cmd_die(&g->cmd, "cannot tell where ev-git itself is");
	return path;
}

static void
say_log(struct git *g, const struct ev_setup *setup, struct ev_buf *out)
{
	static const char cost[] =
	    "  every event now changes a file that git tracks: rebase, "
	    "checkout and merge\n  refuse while it is not committed; git "
	    "config rebase.autoStash true and\n  git config merge.autoStash "
	    "true let them put it aside\n";

	ev_buf_addf(out, "log: %s/%s, %s\n", g->place.dir, g->place.log,
	    setup->track ? "tracked" : "not tracked");
	if (setup->track && setup->run.job == EV_GRAFT_INSTALL)
		ev_buf_adds(out, cost);
}

static int
do_setup(struct git *g, enum ev_graft_job job)
{
	struct ev_setup setup = { .site = &g->site, .place = &g->place };
	struct ev_buf *out = &setup.run.said;
	struct ev_err err;
	char *path = own_path(g), *store = NULL;
	const char *root;
	int status = CMD_OK;

	setup.run.job = job;
	setup.run.dry_run = g->opt.dry_run;
	gits_site(g);
	find_log(g, &setup);
	choose_hooks(g, &setup);
	setup.script.command = path;
	if (ev_setting(g->cmd.settings, EV_SET_STORE) != NULL)
		setup.script.store = store =
		    ev_layout_join(g->place.dir, g->place.log);
	root = g->site.top != NULL ? g->site.top : g->site.dir;
	if (chdir(root) == -1)
		cmd_die(&g->cmd, "cannot enter '%s'", root);
	if (ev_setup(&setup, &err) == -1)
		cmd_die(&g->cmd, "%s", err.text);
	if (job != EV_GRAFT_UNINSTALL)
		say_log(g, &setup, out);
	if (job == EV_GRAFT_STATUS)
		ev_buf_addf(out, "ev-git is %s\n",
		    !setup.run.present	  ? "not installed" :
			setup.run.lacking ? "installed in part" :
					    "installed");
	ev_escape_lines(out, 0);
	if (!g->cmd.common.quiet)
		cmd_print(&g->cmd, out->p, out->n);
	if (setup.run.lacking || (job == EV_GRAFT_STATUS && !setup.run.present))
		status = CMD_NO;
	ev_buf_clear(out);
	free(store);
	free(path);
	return status;
}

int
gits_install(struct git *g, char **args, size_t n)
{
	(void)args;
	(void)n;
	return do_setup(g, EV_GRAFT_INSTALL);
}

int
gits_uninstall(struct git *g, char **args, size_t n)
{
	(void)args;
	(void)n;
	return do_setup(g, EV_GRAFT_UNINSTALL);
}

int
gits_status(struct git *g, char **args, size_t n)
{
	(void)args;
	(void)n;
	return do_setup(g, EV_GRAFT_STATUS);
}
