#include "hook/setup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/run.h"
#include "hook/edit.h"
#include "hook/manager.h"
#include "hook/pattern.h"
#include "hook/section.h"

/* The directory of the hooks that git runs, malloced (core.hooksPath). */
static char *
hooks_directory(struct ev_err *err)
{
	static const char *const ask[] = { "rev-parse",
		"--path-format=absolute", "--git-path", "hooks", NULL };
	struct ev_buf out = EV_BUF_INIT;
	char *dir = NULL;

	if (ev_git_ask(ask, 0, &out, err) == 0) {
		/* a path may have newlines itself */
		if (out.n > 0 && out.p[out.n - 1] == '\n')
			out.n--;
		dir = ev_strdup(ev_buf_str(&out));
	}
	ev_buf_clear(&out);
	return dir;
}

/* Which hooks an earlier install wrote; the manager is shown all.  True: it
 * wrote some. */
static bool
survey(struct ev_setup *s, const char *dir, struct ev_manager *manager)
{
	struct ev_buf path = EV_BUF_INIT, text = EV_BUF_INIT,
		      body = EV_BUF_INIT;
	bool own, ours = false;
	enum ev_hook i;
	mode_t mode;

	for (i = 0; i < EV_HOOKS; i++) {
		ev_buf_reset(&path);
		ev_buf_reset(&text);
		ev_buf_reset(&body);
		ev_buf_addf(&path, "%s/%s", dir, ev_hook_kinds[i].name);
		if (ev_edit_read(ev_buf_str(&path), &text, &mode, NULL) != 1)
			continue;
		if (ev_section_cut(&text, &body, &own) == 1) {
			ours = true;
			if (s->run.job == EV_GRAFT_STATUS)
				ev_script_chosen(
				    ev_buf_slice(&body), s->script.chosen);
		}
		ev_manager_see(manager, ev_buf_slice(&text));
	}
	ev_buf_clear(&path);
	ev_buf_clear(&text);
	ev_buf_clear(&body);
	return ours;
}

static bool
is_below(const char *path, const char *top)
{
	size_t n = top != NULL ? strlen(top) : 0;

	return n > 0 && strncmp(path, top, n) == 0 && path[n] == '/';
}

/* What is put there runs elsewhere, too (core.hooksPath of the user). */
static bool
is_shared(const struct ev_site *site, const char *dir)
{
	return !is_below(dir, site->common) && !is_below(dir, site->top);
}

static void
miss_all(struct ev_grafting *run)
{
	if (run->job != EV_GRAFT_STATUS)
		return;
	ev_buf_adds(&run->said, "hooks: none has a section\n");
	run->lacking = true;
}

static void
ask_manager(struct ev_setup *s, struct ev_manager *manager)
{
	struct ev_grafting *run = &s->run;
	bool called = ev_manager_show(manager, &run->said);

	run->present = run->present || called;
	if (run->job == EV_GRAFT_INSTALL)
		run->lacking |=
		    !ev_manager_tell(manager, &s->script, &run->said);
	else if (called && run->job == EV_GRAFT_UNINSTALL)
		ev_buf_adds(
		    &run->said, "hooks: what calls there is yours to remove\n");
	else if (!called)
		miss_all(run);
}

/* Of a hook, or of what pre-commit made of it and runs without its input. */
static int
do_section(struct ev_setup *s, const char *dir, enum ev_hook which, bool legacy,
    struct ev_err *err)
{
	struct ev_buf path = EV_BUF_INIT;
	struct ev_graft p = { .wanted = s->script.chosen[which] && !legacy,
		.hook = true };
	int r;

	ev_buf_addf(&path, "%s/%s%s", dir, ev_hook_kinds[which].name,
	    legacy ? ".legacy" : "");
	p.path = ev_buf_str(&path);
	p.what = p.path + strlen(dir) + 1;
	if (p.wanted)
		ev_script_body(&s->script, which, &p.body);
	r = ev_graft_do(&s->run, &p, err);
	ev_buf_clear(&p.body);
	ev_buf_clear(&path);
	return r;
}

static int
do_sections(struct ev_setup *s, const char *dir, struct ev_err *err)
{
	enum ev_hook i;
	int r = 0;

	for (i = 0; i < EV_HOOKS && r == 0; i++) {
		r = do_section(s, dir, i, false, err);
		if (r == 0)
			r = do_section(s, dir, i, true, err);
	}
	return r;
}

static int
do_hooks(struct ev_setup *s, struct ev_err *err)
{
	struct ev_manager manager = EV_MANAGER_INIT;
	char *dir = hooks_directory(err);
	bool ours;
	int r = 0;

	if (dir == NULL)
		return -1;
	ev_manager_find(&manager, dir, s->site->top);
	ours = survey(s, dir, &manager);
	ev_buf_addf(&s->run.said, "hooks in %s%s\n", dir,
	    is_shared(s->site, dir) ?
		", where other repositories may have theirs" :
		"");
	ev_manager_calls(&manager);
	if (manager.kind == EV_MANAGER_NONE && !ours)
		miss_all(&s->run);
	/* sections of ours that run need nobody else */
	if (manager.kind != EV_MANAGER_NONE && (!ours || manager.active))
		ask_manager(s, &manager);
	if (manager.kind == EV_MANAGER_NONE || (ours && !manager.active) ||
	    s->run.job == EV_GRAFT_UNINSTALL)
		r = do_sections(s, dir, err);
	ev_manager_clear(&manager);
	free(dir);
	return r;
}

/* The log's path from the work tree's root on, or NULL: it is elsewhere. */
static const char *
below_top(const struct ev_setup *s, const char *top)
{
	size_t n = strlen(top);
	const char *dir = s->place->dir;

	if (strncmp(dir, top, n) != 0 || (dir[n] != '/' && dir[n] != '\0'))
		return NULL;
	return dir[n] == '/' ? dir + n + 1 : dir + n;
}

/* What the working tree of the log must not show, or must treat its way. */
static int
do_ignored(struct ev_setup *s, const char *sub, struct ev_err *err)
{
	struct ev_graft exclude = { .what = "info/exclude",
		.wanted = sub != NULL };
	struct ev_graft attributes = { .what = ".gitattributes",
		.path = ".gitattributes",
		.wanted = sub != NULL && s->track };
	struct ev_buf path = EV_BUF_INIT;
	int r;

	ev_buf_addf(&path, "%s/info/exclude", s->site->common);
	exclude.path = ev_buf_str(&path);
	if (exclude.wanted)
		ev_pattern_exclude(s->place, sub, s->track, &exclude.body);
	r = ev_graft_do(&s->run, &exclude, err);
	ev_buf_clear(&exclude.body);
	ev_buf_clear(&path);
	if (r == -1 || s->site->top == NULL)
		return r;
	if (attributes.wanted)
		ev_pattern_attributes(s->place, sub, &attributes.body);
	r = ev_graft_do(&s->run, &attributes, err);
	ev_buf_clear(&attributes.body);
	return r;
}

/* A value of git-config(1), quoted. */
static void
add_driver(const struct ev_setup *s, struct ev_buf *body)
{
	struct ev_buf word = EV_BUF_INIT;
	const char *p;

	ev_script_quote(&word, s->script.command);
	ev_buf_adds(body,
	    "[merge \"ev\"]\n\tname = event logs: what either side has\n"
	    "\tdriver = \"");
	for (p = ev_buf_str(&word); *p != '\0'; p++) {
		if (*p == '"' || *p == '\\')
			ev_buf_addc(body, '\\');
		ev_buf_addc(body, *p);
	}
	ev_buf_adds(body, " merge %O %A %B %P\"\n");
	ev_buf_clear(&word);
}

static int
do_config(struct ev_setup *s, bool wanted, struct ev_err *err)
{
	struct ev_graft config = { .what = "config", .wanted = wanted };
	struct ev_buf path = EV_BUF_INIT;
	int r;

	ev_buf_addf(&path, "%s/config", s->site->common);
	config.path = ev_buf_str(&path);
	if (wanted)
		add_driver(s, &config.body);
	r = ev_graft_do(&s->run, &config, err);
	ev_buf_clear(&config.body);
	ev_buf_clear(&path);
	return r;
}

int
ev_setup(struct ev_setup *s, struct ev_err *err)
{
	const char *top = s->site->top, *sub = NULL;
	char *main;
	int r;

	main = ev_site_main(s->site);
	if (top != NULL)
		sub = below_top(s, s->track ? top : main);
	free(main);
	if (s->track && sub != NULL &&
	    ev_pattern_check(s->place, sub, err) == -1)
		return -1;
	r = do_hooks(s, err);
	if (r == 0)
		r = do_ignored(s, sub, err);
	if (r == 0)
		r = do_config(s, s->track && sub != NULL, err);
	return r;
}
