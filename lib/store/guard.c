#include "store/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WALK (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

bool
ev_guard_refused(int error)
{
	return error == ELOOP || error == EXDEV || error == EINVAL ||
	    error == EISDIR || error == ENXIO || error == ENOTDIR;
}

/* Standard streams that were closed must not become files of a store. */
static int
above_streams(int fd)
{
	int moved, saved;

	if (fd < 0 || fd > STDERR_FILENO)
		return fd;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	saved = errno;
	close(fd);
	errno = saved;
	return moved;
}

int
ev_guard_dir(const char *dir, struct ev_err *err)
{
	int fd = above_streams(open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC));

	if (fd < 0)
		return ev_fail_errno(err, "cannot open '%s'", dir);
	return fd;
}

int
ev_guard_place(struct ev_place *place, struct ev_err *err)
{
	if (place->fd < 0)
		place->fd = ev_guard_dir(place->dir, err);
	return place->fd;
}

#ifndef EV_MUTANT_NO_BENEATH
/* One step of a name; "", "." and ".." are none. */
static bool
is_step(const char *step, size_t n)
{
	return n > 0 && !(n == 1 && step[0] == '.') &&
	    !(n == 2 && memcmp(step, "..", 2) == 0);
}

/* Without openat2: each directory on the way by itself, links refused. */
static int
open_by_steps(int dirfd, const char *name, int flags, mode_t mode)
{
	int at = dirfd, next, saved;
	char step[256];
	size_t n;

	for (;;) {
		n = strcspn(name, "/");
		if (!is_step(name, n) || n >= sizeof(step)) {
			errno = EXDEV;
			next = -1;
			break;
		}
		memcpy(step, name, n);
		step[n] = '\0';
		if (name[n] == '\0') {
			next = openat(at, step, flags | O_NOFOLLOW, mode);
			break;
		}
		next = openat(at, step, WALK);
		if (next < 0)
			break;
		if (at != dirfd)
			close(at);
		at = next;
		name += n + 1;
	}
	saved = errno;
	if (at != dirfd)
		close(at);
	errno = saved;
	return next;
}
#endif

static int
open_beneath(int dirfd, const char *name, int flags, mode_t mode)
{
#ifdef EV_MUTANT_NO_BENEATH
	return openat(dirfd, name, flags, mode);
#else
	struct open_how how = { 0 };
	int tries = 0;
	long fd;

	how.flags = (unsigned)flags;
	how.mode = (flags & O_CREAT) != 0 ? mode : 0;
	how.resolve =
	    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
	do
		fd = syscall(SYS_openat2, dirfd, name, &how, sizeof(how));
	while (fd < 0 && (errno == EINTR || errno == EAGAIN) && ++tries < 100);
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return open_by_steps(dirfd, name, flags, mode);
	return (int)fd;
#endif
}

int
ev_guard_fail(const char *shown, struct ev_err *err)
{
	int saved = errno;

	if (saved == ELOOP || saved == EXDEV)
		ev_fail(err, "'%s' is a symbolic link, refused", shown);
	else if (ev_guard_refused(saved) && saved != ENOTDIR)
		ev_fail(err, "'%s' is not a regular file, refused", shown);
	else
		ev_fail_errno(err, "cannot open '%s'", shown);
	errno = saved;
	return -1;
}

int
ev_guard_open_stat(
    int dirfd, const char *name, int flags, mode_t mode, struct stat *st)
{
	bool dir = (flags & O_DIRECTORY) != 0;
	int fd, saved = 0;

	flags |= O_CLOEXEC;
	if (!dir)
		flags |= O_NONBLOCK | O_NOCTTY;
	fd = above_streams(open_beneath(dirfd, name, flags, mode));
	if (fd < 0 || st == NULL)
		return fd;
	if (fstat(fd, st) < 0)
		saved = errno;
	else if (!dir && !S_ISREG(st->st_mode))
		saved = EINVAL;
	if (saved == 0)
		return fd;
	close(fd);
	errno = saved;
	return -1;
}

int
ev_guard_open(
    int dirfd, const char *name, int flags, mode_t mode, struct ev_err *err)
{
	struct stat st;
	int fd = ev_guard_open_stat(dirfd, name, flags, mode, &st);

	return fd >= 0 ? fd : ev_guard_fail(name, err);
}
