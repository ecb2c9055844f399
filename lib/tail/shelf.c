#include "tail/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/guard.h"
#include "store/layout.h"

#define SUB "cursors"
#define KEY 32 /* hex digits of a path's digest that name its directory */

/* The real path of a file that need not be there. */
static char *
real(const char *log)
{
	char *path = realpath(log, NULL), *copy, *slash, *dir;
	const char *base;

	if (path != NULL)
		return path;
	copy = ev_strdup(log);
	slash = strrchr(copy, '/');
	base = slash == NULL ? log : log + (slash - copy) + 1;
	if (slash != NULL)
		*slash = '\0';
	dir = realpath(slash == NULL ? "." : slash == copy ? "/" : copy, NULL);
	path = dir == NULL ? ev_strdup(log) : ev_layout_join(dir, base);
	free(dir);
	free(copy);
	return path;
}

/* $XDG_STATE_HOME/ev/cursors/KEY; NULL: there is no home. */
static char *
state_path(const char *log)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	struct ev_buf path = EV_BUF_INIT;
	char hex[EV_SHA256_HEX], *file;

	if (state != NULL && *state == '/')
		ev_buf_adds(&path, state);
	else if (home != NULL && *home == '/')
		ev_buf_addf(&path, "%s/.local/state", home);
	else
		return NULL;
	file = real(log);
	ev_sha256_hex(file, strlen(file), hex);
	free(file);
	ev_buf_addf(&path, "/ev/" SUB "/%.*s", KEY, hex);
	file = ev_memdup(path.p, path.n);
	ev_buf_clear(&path);
	return file;
}

int
ev_shelf_open(struct ev_shelf *shelf, const char *log, struct ev_place *place,
    struct ev_err *err)
{
	char *sub;

	*shelf = (struct ev_shelf){ .own = EV_PLACE_INIT };
	if (place == NULL && ev_place_of_file(&shelf->own, log) == 1)
		place = &shelf->own;
	if (place == NULL) {
		shelf->path = state_path(log);
		if (shelf->path != NULL)
			return 0;
		return ev_fail(err,
		    "no place for cursors of '%s': neither XDG_STATE_HOME "
		    "nor HOME is an absolute path",
		    log);
	}
	if (ev_dir_open(&shelf->dir, place, err) == -1)
		return -1;
	sub = ev_layout_join(place->priv, SUB);
	shelf->path = ev_place_shown(place, sub);
	free(sub);
	return 0;
}

void
ev_shelf_close(struct ev_shelf *shelf)
{
	if (shelf->dir.place != NULL)
		ev_dir_close(&shelf->dir);
	ev_place_clear(&shelf->own);
	free(shelf->path);
}

bool
ev_shelf_name_ok(const char *name)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@";
	static const char rest[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@"
				   ".-+";
	size_t n = strlen(name);

	return n > 0 && n <= EV_CURSOR_NAME && strspn(name, first) > 0 &&
	    strspn(name, rest) == n;
}

/* The user's own directory, and those above it. */
static int
make_path(char *path, struct ev_err *err)
{
	char *slash = path;
	int r = 0;

	while (r == 0 && slash != NULL) {
		slash = strchr(slash + 1, '/');
		if (slash != NULL)
			*slash = '\0';
		if (mkdir(path, S_IRWXU) == -1 && errno != EEXIST)
			r = ev_fail_errno(err, "cannot make '%s'", path);
		if (slash != NULL)
			*slash = '/';
	}
	return r;
}

/* The directory itself; -1 with errno. */
static int
open_dir(const struct ev_shelf *shelf, int flags)
{
	struct stat st;

	if (shelf->dir.place == NULL)
		return open(shelf->path, flags | O_DIRECTORY | O_CLOEXEC);
	if (shelf->dir.priv >= 0)
		return ev_guard_open_stat(
		    shelf->dir.priv, SUB, flags | O_DIRECTORY, 0, &st);
	errno = ENOENT;
	return -1;
}

static int
open_file(
    const struct ev_shelf *shelf, const char *name, int flags, struct stat *st)
{
	char path[sizeof(SUB) + EV_CURSOR_NAME + 2];
	int dir, fd, saved;

	if (shelf->dir.place != NULL) {
		snprintf(path, sizeof(path), SUB "/%s", name);
		return ev_dir_inside(&shelf->dir, path, flags, st, NULL);
	}
	dir = open_dir(shelf, O_PATH);
	if (dir == -1)
		return -1;
	fd = ev_guard_open_stat(dir, name, flags, S_IRUSR | S_IWUSR, st);
	saved = errno;
	close(dir);
	errno = saved;
	return fd;
}

static int
fail(const struct ev_shelf *shelf, const char *name, struct ev_err *err)
{
	char *path = ev_layout_join(shelf->path, name);

	ev_guard_fail(path, err);
	free(path);
	return -1;
}

int
ev_shelf_file(struct ev_shelf *shelf, const char *name, int flags,
    struct stat *st, struct ev_err *err)
{
	int fd = open_file(shelf, name, flags & ~O_CREAT, st);

	if (fd == -1 && errno == ENOENT && (flags & O_CREAT) != 0) {
		if (shelf->dir.place != NULL ?
			ev_dir_make_inside(&shelf->dir, SUB, err) == -1 :
			make_path(shelf->path, err) == -1)
			return -1;
		fd = open_file(shelf, name, flags, st);
	}
	return fd == -1 ? fail(shelf, name, err) : fd;
}

int
ev_shelf_remove(struct ev_shelf *shelf, const char *name, struct ev_err *err)
{
	int dir = open_dir(shelf, O_RDONLY), r;

	if (dir == -1)
		return fail(shelf, name, err);
	r = unlinkat(dir, name, 0);
	if (r == -1)
		ev_fail_errno(err, "cannot remove '%s/%s'", shelf->path, name);
	close(dir);
	return r;
}

static int
by_name(const void *a, const void *b)
{
	char *const *x = a;
	char *const *y = b;

	return strcmp(*x, *y);
}

int
ev_shelf_list(struct ev_shelf *shelf, char ***names, struct ev_err *err)
{
	int fd = open_dir(shelf, O_RDONLY);
	const struct dirent *entry;
	size_t n = 0;
	DIR *dir;
	int why;

	*names = NULL;
	if (fd == -1 && errno == ENOENT)
		return 0;
	dir = fd == -1 ? NULL : fdopendir(fd);
	if (dir == NULL) {
		ev_fail_errno(err, "cannot read '%s'", shelf->path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		if (!ev_shelf_name_ok(entry->d_name))
			continue;
		*names = ev_realloc(*names, n + 1, sizeof(**names));
		(*names)[n++] = ev_strdup(entry->d_name);
	}
	why = errno;
	closedir(dir);
	if (why != 0) {
		while (n > 0)
			free((*names)[--n]);
		free(*names);
		*names = NULL;
		errno = why;
		return ev_fail_errno(err, "cannot read '%s'", shelf->path);
	}
	if (n > 0)
		qsort(*names, n, sizeof(**names), by_name);
	return (int)n;
}
