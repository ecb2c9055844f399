#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
ev_write_all(int fd, const void *from, size_t n)
{
	const char *p = from;
	ssize_t put;

	while (n > 0) {
		put = write(fd, p, n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		p += put;
		n -= (size_t)put;
	}
	return 0;
}

int
ev_pwrite_all(int fd, const void *from, size_t n, off_t at)
{
	const char *p = from;
	ssize_t put;

	while (n > 0) {
		put = pwrite(fd, p, n, at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		p += put;
		at += put;
		n -= (size_t)put;
	}
	return 0;
}

ssize_t
ev_pread_all(int fd, void *to, size_t n, off_t at)
{
	char *p = to;
	size_t have = 0;
	ssize_t got;

	while (have < n) {
		got = pread(fd, p + have, n - have, at + (off_t)have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

int
ev_read_fd(int fd, struct ev_buf *out, size_t limit, const char *name,
    struct ev_err *err)
{
	size_t start = out->n;
	ssize_t got;

	for (;;) {
		ev_buf_reserve(out, 65536);
		got = read(fd, out->p + out->n, 65536);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ev_fail_errno(err, "cannot read '%s'", name);
		if (got == 0)
			return 0;
		out->n += (size_t)got;
		if (out->n - start > limit)
			return ev_fail(
			    err, "'%s' is longer than %zu bytes", name, limit);
	}
}

int
ev_read_file(
    const char *path, struct ev_buf *out, size_t limit, struct ev_err *err)
{
	int fd, r;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return ev_fail_errno(err, "cannot open '%s'", path);
	r = ev_read_fd(fd, out, limit, path, err);
	close(fd);
	return r;
}

bool
ev_same_file(dev_t dev, ino_t ino, dev_t other_dev, ino_t other_ino)
{
	return dev == other_dev && ino == other_ino;
}

int
ev_temporary(struct ev_err *err)
{
	const char *dir = getenv("TMPDIR");
	char path[PATH_MAX];
	int fd, n;

	if (dir == NULL || *dir == '\0')
		dir = "/tmp";
	fd = open(dir, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	n = snprintf(path, sizeof(path), "%s/ev-XXXXXX", dir);
	if ((size_t)n >= sizeof(path))
		return ev_fail(err, "the name of TMPDIR is too long");
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return ev_fail_errno(
		    err, "cannot make a temporary file in '%s'", dir);
	unlink(path);
	return fd;
}
