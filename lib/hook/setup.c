#include "hook/setup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "git/run.h"
#include "hook/edit.h"
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
		dir = ev_strdup(ev_buf_str(&out));
		dir[strcspn(dir, "\n")] = '\0';
	}
	ev_buf_clear(&out);
	return dir;
}

/* Which hooks an earlier install wrote, and who else manages them. */
static enum ev_manager
survey(struct ev_setup *s, const char *dir)
{
	struct ev_buf path = EV_BUF_INIT, text = EV_BUF_INIT,
		      body = EV_BUF_INIT;
	enum ev_manager manager = ev_script_manager(dir, EV_SLICE(""));
	enum ev_hook i;
	mode_t mode;
	bool own;

	for (i = 0; i < EV_HOOKS; i++) {
		ev_buf_reset(&path);
		ev_buf_reset(&text);
		ev_buf_reset(&body);
		ev_buf_addf(&path, "%s/%s", dir, ev_hook_kinds[i].name);
		if (ev_edit_read(ev_buf_str(&path), &text, &mode, NULL) != 1)
			continue;
		if (s->run.job == EV_GRAFT_STATUS &&
		    ev_section_cut(&text, &body, &own) == 1)
			ev_script_chosen(ev_buf_slice(&body), s->script.chosen);
		if (manager == EV_MANAGED_BY_NONE)
			manager = ev_script_manager(dir, ev_buf_slice(&text));
	}
	ev_buf_clear(&path);
	ev_buf_clear(&text);
	ev_buf_clear(&body);
	return manager;
}

static bool
is_below(const char *path, const char *top)
{
	size_t n = top != NULL ? strlen(top) : 0;

	return n > 0 && strncmp(path, top, n) == 0 && path[n] == '/';
}

/* core.hooksPath of the user or the system: what is put there runs elsewhere,
 * too. */
static bool
is_shared(const struct ev_site *site, const char *dir)
{
	return !is_below(dir, site->common) && !is_below(dir, site->top);
}

static int
do_hooks(struct ev_setup *s, struct ev_err *err)
{
	char *dir = hooks_directory(err);
	struct ev_buf path = EV_BUF_INIT;
	enum ev_manager manager;
	enum ev_hook i;
	int r = 0;

	if (dir == NULL)
		return -1;
	manager = survey(s, dir);
	ev_buf_addf(&s->run.said, "hooks in %s%s\n", dir,
	    is_shared(s->site, dir) ?
		", where other repositories may have theirs" :
		"");
	if (manager != EV_MANAGED_BY_NONE && s->run.job != EV_GRAFT_UNINSTALL) {
		ev_script_snippet(manager, s->script.chosen, &s->run.said);
		s->run.lacking = true;
	} else
		for (i = 0; i < EV_HOOKS && r == 0; i++) {
			struct ev_graft p = { .what = ev_hook_kinds[i].name,
				.wanted = s->script.chosen[i],
				.hook = true };

			ev_buf_reset(&path);
			ev_buf_addf(&path, "%s/%s", dir, p.what);
			p.path = ev_buf_str(&path);
			if (p.wanted)
				ev_script_body(&s->script, i, &p.body);
			r = ev_graft_do(&s->run, &p, err);
			ev_buf_clear(&p.body);
		}
	ev_buf_clear(&path);
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
