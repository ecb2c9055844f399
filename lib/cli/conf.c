#include "cli/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/conflex.h"

#define FILE_MOST (4u << 20) /* bytes of a file */
#define INCLUDES_MOST 10     /* files that include each other */

int
ev_conf_read(struct ev_slice text, const char *file,
    int (*fn)(void *arg, const char *name, const char *value, int line),
    void *arg, struct ev_err *err)
{
	struct ev_conflex lex;
	int r;

	ev_conflex_begin(&lex, text, file);
	while ((r = ev_conflex_next(&lex, err)) > 0) {
		r = fn(
		    arg, lex.name.p, lex.bare ? NULL : lex.value.p, lex.first);
		if (r != 0)
			break;
	}
	ev_conflex_clear(&lex);
	return r;
}

int
ev_conf_load(
    const char *file, bool owned, struct ev_buf *out, struct ev_err *err)
{
	struct stat st;
	int fd, r;

	fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return 0;
	if (fd < 0)
		return ev_fail_errno(err, "cannot open '%s'", file);
	if (fstat(fd, &st) < 0)
		r = ev_fail_errno(err, "cannot read '%s'", file);
	else if (!S_ISREG(st.st_mode))
		r = ev_fail(err, "'%s' is not a regular file", file);
	else if (owned && st.st_uid != geteuid() && st.st_uid != 0)
		r = 0;
	else
		r = ev_read_fd(fd, out, FILE_MOST, file, err) < 0 ? -1 : 1;
	close(fd);
	return r;
}

struct wanted {
	const char *name;
	char *value;
};

static int
keep_wanted(void *arg, const char *name, const char *value, int line)
{
	struct wanted *wanted = arg;

	(void)line;
	if (strcmp(name, wanted->name) == 0) {
		free(wanted->value);
		wanted->value = ev_strdup(value == NULL ? "true" : value);
	}
	return 0;
}

int
ev_conf_get(
    const char *file, const char *name, char **value, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	struct wanted wanted = { name, NULL };
	int r;

	r = ev_conf_load(file, false, &text, err);
	if (r > 0)
		r = ev_conf_read(
		    ev_buf_slice(&text), file, keep_wanted, &wanted, err);
	ev_buf_clear(&text);
	if (r < 0)
		free(wanted.value);
	else
		*value = wanted.value;
	return r < 0 ? -1 : wanted.value != NULL;
}

/* rel, seen from the directory base. */
static char *
join(struct ev_slice base, const char *rel)
{
	struct ev_buf path = EV_BUF_INIT;

	if (*rel != '/') {
		ev_buf_addslice(&path, base);
		ev_buf_addc(&path, '/');
	}
	ev_buf_adds(&path, rel);
	ev_buf_str(&path);
	return path.p;
}

/* What include.path in a file means; NULL: nothing that we can say. */
static char *
included(const char *file, const char *path)
{
	const char *home = getenv("HOME"), *slash = strrchr(file, '/');

	if (path[0] == '~' && path[1] == '/')
		return home == NULL ? NULL : join(ev_slice_of(home), path + 2);
	if (path[0] == '~' || slash == NULL)
		return NULL;
	return join((struct ev_slice){ file, (size_t)(slash - file) }, path);
}

struct user {
	const char *file;
	int includes; /* how deep we may still go */
	char *name;
};

static void user_add(struct user *user, const char *file, bool owned);

static int
keep_user(void *arg, const char *name, const char *value, int line)
{
	struct user *user = arg;
	char *path;

	(void)line;
	if (value == NULL || *value == '\0')
		return 0;
	if (strcmp(name, "user.name") == 0) {
		free(user->name);
		user->name = ev_strdup(value);
	} else if (user->includes > 0 && strcmp(name, "include.path") == 0) {
		path = included(user->file, value);
		if (path != NULL)
			user_add(user, path, false);
		free(path);
	}
	return 0;
}

/* Puts what a file says over what is known; a file not sound says nothing. */
static void
user_add(struct user *user, const char *file, bool owned)
{
	struct user in = { file, user->includes - 1, NULL };
	struct ev_buf text = EV_BUF_INIT;

	if (ev_conf_load(file, owned, &text, NULL) > 0 &&
	    ev_conf_read(ev_buf_slice(&text), file, keep_user, &in, NULL) ==
		0 &&
	    in.name != NULL) {
		free(user->name);
		user->name = in.name;
		in.name = NULL;
	}
	free(in.name);
	ev_buf_clear(&text);
}

/* The name that a file gives, or NULL; frees file. */
static char *
user_of(char *file, bool owned, int includes)
{
	struct user user = { NULL, includes + 1, NULL };

	if (file != NULL)
		user_add(&user, file, owned);
	free(file);
	return user.name;
}

/* The path that a small file of git's holds behind a prefix, or NULL. */
static char *
pointer_in(const char *file, const char *prefix)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t skip = strlen(prefix);
	char *path = NULL;

	if (ev_conf_load(file, true, &text, NULL) > 0 &&
	    ev_slice_starts(ev_buf_slice(&text), prefix)) {
		ev_buf_str(&text);
		path = ev_strdup(text.p + skip);
		path[strcspn(path, "\r\n")] = '\0';
	}
	ev_buf_clear(&text);
	return path;
}

/* The config of a linked work tree or a submodule, by its .git file. */
static char *
linked_config(struct ev_slice tree, const char *dotgit)
{
	char *rel = pointer_in(dotgit, "gitdir: "), *dir, *file, *common;

	if (rel == NULL)
		return NULL;
	dir = join(tree, rel);
	free(rel);
	file = join(ev_slice_of(dir), "commondir");
	rel = pointer_in(file, "");
	free(file);
	common = rel == NULL ? ev_strdup(dir) : join(ev_slice_of(dir), rel);
	file = join(ev_slice_of(common), "config");
	free(common);
	free(dir);
	free(rel);
	return file;
}

/* The config of the repository in whose work tree dir is, or NULL. */
static char *
repository_config(const char *dir)
{
	char *real = realpath(dir, NULL), *dotgit, *file = NULL;
	struct ev_slice tree;
	struct stat st;
	bool found = false;

	if (real == NULL)
		return NULL;
	tree = ev_slice_of(real);
	for (;;) {
		dotgit = join(tree, ".git");
		found = stat(dotgit, &st) == 0;
		if (found || tree.n == 0)
			break;
		free(dotgit);
		while (tree.n > 0 && real[--tree.n] != '/')
			continue;
	}
	if (found && S_ISDIR(st.st_mode))
		file = join(ev_slice_of(dotgit), "config");
	else if (found)
		file = linked_config(tree, dotgit);
	free(dotgit);
	free(real);
	return file;
}

/* A file beneath a directory that a variable names; NULL when it is unset. */
static char *
beneath(const char *variable, const char *rel)
{
	const char *dir = getenv(variable);

	return dir == NULL || *dir == '\0' ? NULL : join(ev_slice_of(dir), rel);
}

static char *
global_user(void)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	char *xdg, *name;

	if (global != NULL)
		return user_of(ev_strdup(global), false, INCLUDES_MOST);
	name = user_of(beneath("HOME", ".gitconfig"), false, INCLUDES_MOST);
	if (name != NULL)
		return name;
	xdg = beneath("XDG_CONFIG_HOME", "git/config");
	if (xdg == NULL)
		xdg = beneath("HOME", ".config/git/config");
	return user_of(xdg, false, INCLUDES_MOST);
}

char *
ev_conf_git_user(const char *dir)
{
	const char *system = getenv("GIT_CONFIG_SYSTEM");
	char *name = NULL;

	if (dir != NULL)
		name = user_of(repository_config(dir), true, 0);
	if (name == NULL)
		name = global_user();
	if (name == NULL && getenv("GIT_CONFIG_NOSYSTEM") == NULL)
		name = user_of(
		    ev_strdup(system != NULL ? system : "/etc/gitconfig"),
		    false, 0);
	return name;
}
