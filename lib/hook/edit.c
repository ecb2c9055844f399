#include "hook/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define MOST (4u << 20)

int
ev_edit_read(
    const char *path, struct ev_buf *text, mode_t *mode, struct ev_err *err)
{
	int fd, r;
	struct stat st;

	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 && errno == ELOOP)
		return ev_fail(err, "'%s' is a symbolic link", path);
	if (fd < 0)
		return ev_fail_errno(err, "cannot open '%s'", path);
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		r = ev_fail(err, "'%s' is no regular file", path);
	else
		r = ev_read_fd(fd, text, MOST, path, err);
	close(fd);
	*mode = st.st_mode & 07777;
	return r == 0 ? 1 : -1;
}

/* The directory of a path. */
static void
make_directory(const char *path)
{
	char *dir = ev_strdup(path), *slash = strrchr(dir, '/');

	if (slash != NULL) {
		*slash = '\0';
		/* what is wrong with it the open will tell */
		(void)mkdir(dir, 0777);
	}
	free(dir);
}

static int
fill(int fd, const char *name, struct ev_slice text, mode_t mode,
    struct ev_err *err)
{
	int r = ev_write_all(fd, text.p, text.n);

	if (r == 0)
		r = fchmod(fd, mode);
	if (r == -1)
		ev_fail_errno(err, "cannot write '%s'", name);
	if (close(fd) == -1 && r == 0)
		r = ev_fail_errno(err, "cannot write '%s'", name);
	return r;
}

int
ev_edit_write(
    const char *path, struct ev_slice text, mode_t mode, struct ev_err *err)
{
	struct ev_buf lock = EV_BUF_INIT;
	int fd, r = -1;

	make_directory(path);
	ev_buf_addf(&lock, "%s.lock", path);
	fd = open(ev_buf_str(&lock),
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		ev_fail_errno(err, "cannot make '%s'", lock.p);
	else {
		r = fill(fd, lock.p, text, mode, err);
		if (r == 0 && rename(lock.p, path) == -1)
			r = ev_fail_errno(err, "cannot replace '%s'", path);
		if (r == -1)
			unlink(lock.p);
	}
	ev_buf_clear(&lock);
	return r;
}
