#include "cli/conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "text/glob.h"
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
	const char *repository; /* its git directory, or NULL */
	int includes;		/* how deep we may still go */
	char *name;
};

static void user_add(struct user *user, const char *file, bool owned);

/* The pattern of a git directory, by the rules of git-config(1); * stands for
 * slashes, too. */
static void
gitdir_pattern(const char *file, struct ev_slice text, struct ev_buf *out)
{
	char *home =
	    getenv("HOME") == NULL ? NULL : realpath(getenv("HOME"), NULL);
	const char *slash = strrchr(file, '/');
	bool of_home = ev_slice_starts(text, "~/") && home != NULL;
	bool here = ev_slice_starts(text, "./") && slash != NULL;

	if (of_home)
		ev_buf_adds(out, home);
	else if (here)
		ev_buf_add(out, file, (size_t)(slash - file));
	else if (text.n > 0 && text.p[0] != '/')
		ev_buf_adds(out, "*/");
	text.p += of_home || here;
	text.n -= of_home || here;
	ev_buf_addslice(out, text);
	if (text.n > 0 && text.p[text.n - 1] == '/')
		ev_buf_addc(out, '*');
	free(home);
}

/* Is it the path of an [includeIf "gitdir:PATTERN"] that holds here? */
static bool
holds_here(const struct user *user, const char *name)
{
	static const char head[] = "includeif.gitdir:", tail[] = ".path";
	struct ev_buf pattern = EV_BUF_INIT;
	struct ev_slice text = ev_slice_of(name);
	bool holds;

	if (user->repository == NULL || !ev_slice_starts(text, head) ||
	    text.n < sizeof(head) + sizeof(tail) - 2 ||
	    strcmp(name + text.n - sizeof(tail) + 1, tail) != 0)
		return false;
	text.p += sizeof(head) - 1;
	text.n -= sizeof(head) + sizeof(tail) - 2;
	gitdir_pattern(user->file, text, &pattern);
	holds = ev_glob_match(
	    ev_buf_slice(&pattern), ev_slice_of(user->repository));
	ev_buf_clear(&pattern);
	return holds;
}

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
	} else if (user->includes > 0 &&
	    (strcmp(name, "include.path") == 0 || holds_here(user, name))) {
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
	struct user in = { file, user->repository, user->includes - 1, NULL };
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
user_of(char *file, const char *repository, bool owned, int includes)
{
	struct user user = { NULL, repository, includes + 1, NULL };

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

/* The git directory of a linked work tree or a submodule, by its .git file. */
static char *
linked(struct ev_slice tree, const char *dotgit)
{
	char *rel = pointer_in(dotgit, "gitdir: "), *dir, *real;

	if (rel == NULL)
		return NULL;
	dir = join(tree, rel);
	real = realpath(dir, NULL);
	free(dir);
	free(rel);
	return real;
}

/* The config of a git directory. */
static char *
config_of(const char *dir)
{
	char *file = join(ev_slice_of(dir), "commondir"), *common;
	const char *slash = strrchr(dir, '/');
	bool main = slash != NULL && strcmp(slash, "/.git") == 0;
	char *rel = main ? NULL : pointer_in(file, "");

	free(file);
	common = rel == NULL ? ev_strdup(dir) : join(ev_slice_of(dir), rel);
	file = join(ev_slice_of(common), "config");
	free(common);
	free(rel);
	return file;
}

/* The git directory of the repository in whose work tree dir is, or NULL. */
static char *
repository_of(const char *dir)
{
	char *real = realpath(dir, NULL), *dotgit, *found_dir = NULL;
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
		found_dir = ev_strdup(dotgit);
	else if (found)
		found_dir = linked(tree, dotgit);
	free(dotgit);
	free(real);
	return found_dir;
}

/* A file beneath a directory that a variable names; NULL when it is unset. */
static char *
beneath(const char *variable, const char *rel)
{
	const char *dir = getenv(variable);

	return dir == NULL || *dir == '\0' ? NULL : join(ev_slice_of(dir), rel);
}

static char *
global_user(const char *repository)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	char *xdg, *name;

	if (global != NULL)
		return user_of(
		    ev_strdup(global), repository, false, INCLUDES_MOST);
	name = user_of(
	    beneath("HOME", ".gitconfig"), repository, false, INCLUDES_MOST);
	if (name != NULL)
		return name;
	xdg = beneath("XDG_CONFIG_HOME", "git/config");
	if (xdg == NULL)
		xdg = beneath("HOME", ".config/git/config");
	return user_of(xdg, repository, false, INCLUDES_MOST);
}

char *
ev_conf_git_user(const char *dir)
{
	const char *system = getenv("GIT_CONFIG_SYSTEM");
	char *repository = dir == NULL ? NULL : repository_of(dir);
	char *name = NULL;

	if (repository != NULL)
		name = user_of(config_of(repository), NULL, true, 0);
	if (name == NULL)
		name = global_user(repository);
	free(repository);
	if (name == NULL && getenv("GIT_CONFIG_NOSYSTEM") == NULL)
		name = user_of(
		    ev_strdup(system != NULL ? system : "/etc/gitconfig"), NULL,
		    false, 0);
	return name;
}
