#include "hook/manager.h"

#include <string.h>
#include <sys/stat.h>

#include "hook/edit.h"

#define HUSKY ".husky"
#define CALL "ev-git hook"

static const char *const names[] = {
	[EV_MANAGER_HUSKY] = "husky",
	[EV_MANAGER_LEFTHOOK] = "lefthook",
};

/* lefthook's configuration: one of these, each with one of the ends. */
static const char *const lefthooks[] = { "lefthook", ".lefthook",
	".config/lefthook", "lefthook-local", ".lefthook-local",
	".config/lefthook-local" };
static const char *const ends[] = { ".yml", ".yaml", ".toml", ".json",
	".jsonc" };
#define LEFTHOOKS (sizeof(lefthooks) / sizeof(lefthooks[0]))
#define ENDS (sizeof(ends) / sizeof(ends[0]))

/* The name of the next that there may be; false: there is none. */
static bool
nth_lefthook(size_t i, struct ev_buf *path)
{
	ev_buf_reset(path);
	if (i == LEFTHOOKS * ENDS)
		return false;
	ev_buf_addf(path, "%s%s", lefthooks[i / ENDS], ends[i % ENDS]);
	return true;
}

static bool
is(const char *path, mode_t type)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == type;
}

/* ".husky" in the hooks' directory's path: that much of it. */
static size_t
husky_in(const char *dir)
{
	const char *p = strstr(dir, "/" HUSKY);
	size_t n = sizeof("/" HUSKY) - 1;

	if (p == NULL || (p[n] != '\0' && p[n] != '/'))
		return 0;
	return (size_t)(p - dir) + n;
}

void
ev_manager_find(struct ev_manager *m, const char *dir, const char *top)
{
	size_t n = husky_in(dir), skip = top != NULL ? strlen(top) : 0, i;

	if (n > 0) {
		m->kind = EV_MANAGER_HUSKY;
		m->active = true;
		skip = top != NULL && strncmp(dir, top, skip) == 0 &&
			dir[skip] == '/' ?
		    skip + 1 :
		    0;
		ev_buf_add(&m->file, dir + skip, n - skip);
	} else if (top != NULL && is(HUSKY, S_IFDIR)) {
		m->kind = EV_MANAGER_HUSKY;
		ev_buf_adds(&m->file, HUSKY);
	}
	for (i = 0; top != NULL && m->kind == EV_MANAGER_NONE &&
	     nth_lefthook(i, &m->file);
	     i++)
		if (is(ev_buf_str(&m->file), S_IFREG))
			m->kind = EV_MANAGER_LEFTHOOK;
}

void
ev_manager_see(struct ev_manager *m, struct ev_slice text)
{
	if (m->kind == EV_MANAGER_HUSKY || text.n == 0 ||
	    memmem(text.p, text.n, "lefthook", 8) == NULL)
		return;
	m->kind = EV_MANAGER_LEFTHOOK;
	m->active = true;
}

void
ev_manager_clear(struct ev_manager *m)
{
	ev_buf_clear(&m->file);
}

/* A line of the text calls us for the hook. */
static bool
has_call(struct ev_slice text, const char *hook)
{
	const char *p, *end = text.p + text.n, *stop;

	for (p = text.p; p < end; p = stop) {
		p = memmem(p, (size_t)(end - p), CALL, sizeof(CALL) - 1);
		if (p == NULL)
			return false;
		stop = memchr(p, '\n', (size_t)(end - p));
		if (stop == NULL)
			stop = end;
		if (memmem(p, (size_t)(stop - p), hook, strlen(hook)) != NULL)
			return true;
	}
	return false;
}

static void
look(struct ev_manager *m, const char *path, enum ev_hook from, enum ev_hook to)
{
	struct ev_buf text = EV_BUF_INIT;
	mode_t mode;

	if (ev_edit_read(path, &text, &mode, NULL) == 1)
		for (; from < to; from++)
			if (has_call(
				ev_buf_slice(&text), ev_hook_kinds[from].name))
				m->calls[from] = true;
	ev_buf_clear(&text);
}

void
ev_manager_calls(struct ev_manager *m)
{
	struct ev_buf path = EV_BUF_INIT;
	enum ev_hook i;
	size_t k;

	for (k = 0; m->kind == EV_MANAGER_LEFTHOOK && nth_lefthook(k, &path);
	     k++)
		look(m, ev_buf_str(&path), 0, EV_HOOKS);
	for (i = 0; m->kind == EV_MANAGER_HUSKY && i < EV_HOOKS; i++) {
		ev_buf_reset(&path);
		ev_buf_addf(&path, "%s/%s", ev_buf_str(&m->file),
		    ev_hook_kinds[i].name);
		look(m, ev_buf_str(&path), i, i + 1);
	}
	ev_buf_clear(&path);
}

/* "ev-git hook [-S STORE] NAME". */
static void
add_call(const struct ev_script *s, enum ev_hook which, struct ev_buf *out)
{
	ev_buf_adds(out, CALL);
	if (s->store != NULL) {
		ev_buf_adds(out, " -S ");
		ev_script_quote(out, s->store);
	}
	ev_buf_addf(out, " %s", ev_hook_kinds[which].name);
}

/* A line for sh(1) that adds one to a file. */
static void
tell_husky(const struct ev_manager *m, const char *call, const char *name,
    struct ev_buf *out)
{
	struct ev_buf line = EV_BUF_INIT, path = EV_BUF_INIT;

	ev_buf_addf(
	    &line, "command -v ev-git >/dev/null && %s \"$@\" || :", call);
	ev_buf_addf(&path, "%s/%s", m->file.p, name);
	ev_buf_adds(out, "\techo ");
	ev_script_quote(out, ev_buf_str(&line));
	ev_buf_adds(out, " >>");
	if (strspn(path.p, "abcdefghijklmnopqrstuvwxyz-./") == path.n)
		ev_buf_addslice(out, ev_buf_slice(&path));
	else
		ev_script_quote(out, ev_buf_str(&path));
	ev_buf_addc(out, '\n');
	ev_buf_clear(&line);
	ev_buf_clear(&path);
}

/* Lines of YAML, as they can be copied: without tabs.  The scalar is quoted
 * where it may hold anything. */
static void
tell_lefthook(const struct ev_script *s, const char *call,
    const struct ev_hook_kind *kind, struct ev_buf *out)
{
	ev_buf_addf(
	    out, "%s:\n  commands:\n    ev-git:\n      run: ", kind->name);
	if (s->store == NULL) {
		ev_buf_addf(out, "%s {0} || true\n", call);
	} else {
		ev_buf_addc(out, '\'');
		for (; *call != '\0'; call++) {
			if (*call == '\'')
				ev_buf_addc(out, '\'');
			ev_buf_addc(out, *call);
		}
		ev_buf_adds(out, " {0} || true'\n");
	}
	if (kind->fed)
		ev_buf_adds(out, "      use_stdin: true\n");
}

bool
ev_manager_tell(const struct ev_manager *m, const struct ev_script *script,
    struct ev_buf *out)
{
	bool husky = m->kind == EV_MANAGER_HUSKY, all = true;
	struct ev_buf call = EV_BUF_INIT;
	const char *file = m->file.n > 0 ? m->file.p : "lefthook.yml";
	enum ev_hook i;

	for (i = 0; i < EV_HOOKS; i++) {
		if (!script->chosen[i] || m->calls[i])
			continue;
		if (all)
			ev_buf_addf(out, "hooks: %s keeps them; %s%s%s:\n",
			    names[m->kind],
			    husky ? "run in the work tree's root" : "add to ",
			    husky ? "" : file,
			    husky || strstr(file, ".y") != NULL ?
				"" :
				", here as YAML");
		all = false;
		ev_buf_reset(&call);
		add_call(script, i, &call);
		if (husky)
			tell_husky(
			    m, ev_buf_str(&call), ev_hook_kinds[i].name, out);
		else
			tell_lefthook(
			    script, ev_buf_str(&call), &ev_hook_kinds[i], out);
	}
	if (!all && !husky)
		ev_buf_addc(out, '\n');
	ev_buf_clear(&call);
	return all;
}

bool
ev_manager_show(const struct ev_manager *m, struct ev_buf *out)
{
	bool any = false;
	enum ev_hook i;

	for (i = 0; i < EV_HOOKS; i++) {
		if (!m->calls[i])
			continue;
		any = true;
		ev_buf_addf(out, "%s: called by %s\n", ev_hook_kinds[i].name,
		    names[m->kind]);
	}
	return any;
}
