#include "store/dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/guard.h"
#include "store/hush.h"
#include "store/layout.h"
#include "store/rows.h"

#define PERMS (S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)
#define USUAL (S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)

/* What only this clone needs; logs, seals and settings may be committed. */
static const char ignored[] =
    "lock\nstate\nintent\ncursors/\n20*.jsonl*\n"
    "feed*.jsonl\nrejected.log\nlost.jsonl\nredact\n*.tmp\n*.bad\n";

/* Opens the private directory.  1, 0: there is none, -1. */
static int
open_private(struct ev_dir *dir, struct ev_err *err)
{
	char *shown;

	if (dir->priv >= 0)
		close(dir->priv);
	dir->priv = ev_guard_open_stat(
	    dir->fd, dir->place->priv, O_PATH | O_DIRECTORY, 0, NULL);
	if (dir->priv >= 0)
		return 1;
	if (errno == ENOENT)
		return 0;
	shown = ev_place_shown(dir->place, dir->place->priv);
	ev_guard_fail(shown, err);
	free(shown);
	return -1;
}

int
ev_dir_open(struct ev_dir *dir, struct ev_place *place, struct ev_err *err)
{
	*dir = (struct ev_dir){ place, -1, -1, USUAL, (gid_t)-1 };
	dir->fd = ev_guard_place(place, err);
	if (dir->fd < 0)
		return -1;
	if (open_private(dir, err) < 0) {
		ev_dir_close(dir);
		return -1;
	}
	/* an event is logged even if they are wrong; the command says it */
	ev_rows_read(place, NULL);
	return 0;
}

void
ev_dir_close(struct ev_dir *dir)
{
	if (dir->priv >= 0)
		close(dir->priv);
	dir->fd = dir->priv = -1;
}

/*
 * A group that may write the log shares all files.  Without the right to give
 * it a file it stays the user's, whose own events go on.
 */
static void
share(const struct ev_dir *dir, int fd, const struct stat *st)
{
	if ((dir->mode & S_IWGRP) != 0 && dir->group != st->st_gid)
		(void)!fchown(fd, (uid_t)-1, dir->group);
}

/* The umask takes away what the log's mode grants; give it back. */
static void
widen(const struct ev_dir *dir, int fd, const struct stat *st)
{
	if (st->st_size != 0 || st->st_uid != geteuid())
		return;
	share(dir, fd, st);
	if ((dir->mode & ~st->st_mode & PERMS) != 0)
		(void)!fchmod(fd, dir->mode);
}

static int
open_at(const struct ev_dir *dir, int at, const char *name, int flags,
    struct stat *st)
{
	int fd = ev_guard_open_stat(at, name, flags, dir->mode, st);

	if (fd >= 0 && st != NULL && (flags & O_CREAT) != 0 &&
	    dir->mode != USUAL)
		widen(dir, fd, st);
	return fd;
}

int
ev_dir_beside(const struct ev_dir *dir, const char *name, int flags,
    struct stat *st, struct ev_err *err)
{
	int fd = open_at(dir, dir->fd, name, flags, st);
	char *shown;

	if (fd >= 0 || err == NULL)
		return fd;
	shown = ev_place_shown(dir->place, name);
	ev_guard_fail(shown, err);
	free(shown);
	return -1;
}

static char *
private_shown(const struct ev_dir *dir, const char *name)
{
	char *path = ev_layout_join(dir->place->priv, name);
	char *shown = ev_place_shown(dir->place, path);

	free(path);
	return shown;
}

int
ev_dir_inside(const struct ev_dir *dir, const char *name, int flags,
    struct stat *st, struct ev_err *err)
{
	int fd = -1, saved;
	char *shown;

	if (dir->priv >= 0)
		fd = open_at(dir, dir->priv, name, flags, st);
	else
		errno = ENOENT;
	if (fd >= 0 || err == NULL)
		return fd;
	saved = errno;
	shown = private_shown(dir, name);
	errno = saved;
	ev_guard_fail(shown, err);
	free(shown);
	errno = saved;
	return -1;
}

int
ev_dir_fail(const struct ev_dir *dir, const char *verb, const char *name,
    struct ev_err *err)
{
	int saved = errno;
	char *shown = private_shown(dir, name);

	errno = saved;
	ev_fail_errno(err, "cannot %s '%s'", verb, shown);
	free(shown);
	errno = saved;
	return -1;
}

static int
make_ignore(const struct ev_dir *dir, struct ev_err *err)
{
	struct ev_hush hush;
	struct stat st;
	int fd, r;

	fd = ev_dir_inside(
	    dir, ".gitignore", O_WRONLY | O_CREAT | O_EXCL, &st, NULL);
	if (fd < 0)
		return 0; /* there is one; or the lock will fail too */
	ev_hush_begin(&hush);
	r = ev_write_all(fd, ignored, sizeof(ignored) - 1);
	if (r < 0)
		ev_dir_fail(dir, "write", ".gitignore", err);
	ev_hush_end(&hush, r < 0);
	close(fd);
	return r;
}

void
ev_dir_like(struct ev_dir *dir, const struct stat *log)
{
	dir->mode = log->st_mode & PERMS;
	dir->group = log->st_gid;
}

/* Makes a directory that is to be shared as the log is.  0 or errno. */
static int
make_at(const struct ev_dir *dir, int at, const char *name)
{
	mode_t mode =
	    dir->mode | (dir->mode >> 2 & (S_IXUSR | S_IXGRP | S_IXOTH));
	struct stat st;
	int fd;

	if (mkdirat(at, name, mode) < 0)
		return errno;
	if (dir->mode == USUAL)
		return 0;
	fd = ev_guard_open_stat(at, name, O_RDONLY | O_DIRECTORY, 0, &st);
	if (fd < 0)
		return 0;
	share(dir, fd, &st);
	/* what a shared directory hands on to new files */
	(void)!fchmod(fd, mode | (st.st_mode & S_ISGID));
	close(fd);
	return 0;
}

int
ev_dir_make(struct ev_dir *dir, struct ev_err *err)
{
	struct stat st;
	int why;

	if (fstatat(dir->fd, dir->place->log, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(st.st_mode))
		ev_dir_like(dir, &st);
	why = make_at(dir, dir->fd, dir->place->priv);
	switch (open_private(dir, err)) {
	case 1:
		return make_ignore(dir, err);
	case 0:
		errno = why;
		return ev_dir_fail(dir, "make", "", err);
	default:
		return -1;
	}
}

int
ev_dir_make_inside(struct ev_dir *dir, const char *name, struct ev_err *err)
{
	if (ev_dir_make(dir, err) == -1)
		return -1;
	errno = make_at(dir, dir->priv, name);
	if (errno == 0 || errno == EEXIST)
		return 0;
	return ev_dir_fail(dir, "make", name, err);
}

static int
sync_dir(const struct ev_dir *dir, const char *name, struct ev_err *err)
{
	struct stat st;
	int fd, r = 0;

	fd = *name == '\0' ?
	    openat(dir->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) :
	    ev_guard_open_stat(dir->fd, name, O_RDONLY | O_DIRECTORY, 0, &st);
#if defined(EV_MUTANT_NO_FSYNC) || defined(EV_MUTANT_NO_DIR_SYNC)
	if (fd < 0)
#else
	if (fd < 0 || fsync(fd) < 0)
#endif
		r = ev_fail_errno(err, "cannot sync '%s'",
		    *name == '\0' ? dir->place->dir : name);
	if (fd >= 0)
		close(fd);
	return r;
}

int
ev_dir_sync(const struct ev_dir *dir, struct ev_err *err)
{
	if (sync_dir(dir, "", err) < 0)
		return -1;
	return dir->priv >= 0 ? sync_dir(dir, dir->place->priv, err) : 0;
}
