#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "input/unpack.h"

#define PIPE_SIZE (256 * 1024)
#define COPY_SIZE (256 * 1024)

/* A store's log is a regular file; a FIFO in its place must not hang. */
static int
open_fd(const char *path, int flags, const char *name, struct ev_err *err)
{
	int fd;

	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return ev_fail_errno(err, "cannot open '%s'", name);
	return fd;
}

/* True when pread from byte 0 gives all there is: not packed, read by nobody
 * yet. */
static bool
is_plain(const struct ev_source *source, const struct stat *st)
{
	char head[EV_UNPACK_HEAD];
	enum ev_packed format;
	ssize_t got;

	if (!S_ISREG(st->st_mode) ||
	    (!source->store && lseek(source->fd, 0, SEEK_CUR) != 0))
		return false;
	got = ev_pread_all(source->fd, head, sizeof(head), 0);
	if (got < 0)
		return false;
	format = ev_unpack_format(head, (size_t)got);
	return format != EV_PACKED_GZIP && format != EV_PACKED_ZSTD;
}

static int
look(struct ev_source *source, const char *path, struct ev_err *err)
{
	struct stat st;

	if (fstat(source->fd, &st) < 0)
		return ev_fail_errno(err, "cannot read '%s'", source->name);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return ev_fail_errno(err, "cannot read '%s'", source->name);
	}
	if (source->store && !S_ISREG(st.st_mode))
		return ev_fail(
		    err, "cannot read '%s': not a regular file", source->name);
	if (is_plain(source, &st)) {
		source->trail = source->store ?
		    ev_trail_log(source->fd, path, source->name, err) :
		    ev_trail_file(source->fd);
		if (source->trail == NULL)
			return -1;
		/* a file of /proc says it is empty */
		source->seekable = source->store || st.st_size > 0;
		source->size = source->trail->chain.base + (uint64_t)st.st_size;
	}
	if (source->seekable)
		return 0;
	if (S_ISFIFO(st.st_mode) && fcntl(source->fd, F_GETPIPE_SZ) < PIPE_SIZE)
		fcntl(source->fd, F_SETPIPE_SZ, PIPE_SIZE);
	source->unpack = ev_unpack_new(source->fd, source->name);
	return 0;
}

/* path NULL: standard input or what is open. */
static int
start(struct ev_source *source, const char *name, int fd, const char *path,
    struct ev_err *err)
{
	*source = (struct ev_source){ .fd = fd, .store = path != NULL };
	source->name = ev_strdup(name);
	if (look(source, path, err) == 0)
		return 0;
	ev_source_close(source);
	return -1;
}

int
ev_source_open(struct ev_source *source, const char *name, struct ev_err *err)
{
	int fd = STDIN_FILENO;

	if (strcmp(name, "-") != 0 && (fd = open_fd(name, 0, name, err)) < 0)
		return -1;
	return start(source, name, fd, NULL, err);
}

int
ev_source_log(struct ev_source *source, int fd, const char *path,
    const char *name, struct ev_err *err)
{
	return start(source, name, fd, path, err);
}

int
ev_source_open_log(struct ev_source *source, const char *path, const char *name,
    struct ev_err *err)
{
	int fd = open_fd(path, O_NONBLOCK, name, err);

	return fd < 0 ? -1 : start(source, name, fd, path, err);
}

void
ev_source_file(
    struct ev_source *source, const char *name, int fd, uint64_t size)
{
	*source = (struct ev_source){ .name = ev_strdup(name),
		.fd = fd,
		.trail = ev_trail_file(fd),
		.seekable = true,
		.size = size };
}

static void
close_fd(struct ev_source *source)
{
	if (source->trail != NULL)
		ev_trail_drop(source->trail);
	else if (source->fd > STDERR_FILENO)
		close(source->fd);
}

void
ev_source_close(struct ev_source *source)
{
	ev_unpack_free(source->unpack);
	close_fd(source);
	free(source->name);
	*source = (struct ev_source){ .fd = -1 };
}

ssize_t
ev_source_read(struct ev_source *source, void *to, size_t n, struct ev_err *err)
{
	ssize_t got;

	if (source->unpack != NULL)
		return ev_unpack_read(source->unpack, to, n, err);
	do
		got = read(source->fd, to, n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		ev_fail_errno(err, "cannot read '%s'", source->name);
	return got;
}

static int
cannot(const struct ev_source *source, uint64_t at, struct ev_err *err)
{
	struct ev_buf what = EV_BUF_INIT;
	uint64_t from;
	char *name;

	if (ev_trail_say(source->trail, &what)) {
		ev_fail(err, "'%s' %s", source->name, ev_buf_str(&what));
		ev_buf_clear(&what);
		return -1;
	}
	name = ev_trail_name(source->trail, at, &from);
	ev_fail_errno(
	    err, "cannot read '%s'", name != NULL ? name : source->name);
	free(name);
	return -1;
}

ssize_t
ev_source_at(const struct ev_source *source, void *to, size_t n, uint64_t at,
    struct ev_err *err)
{
	ssize_t got = ev_trail_read(source->trail, to, n, at);

	return got < 0 ? cannot(source, at, err) : got;
}

/* 0, or -1; *written: all that could be read is there. */
static int
copy(struct ev_source *source, int to, bool *written, struct ev_err *err)
{
	char *buf = ev_malloc(COPY_SIZE);
	ssize_t got;

	*written = true;
	while ((got = ev_source_read(source, buf, COPY_SIZE, err)) > 0) {
		if (ev_write_all(to, buf, (size_t)got) < 0) {
			got = ev_fail_errno(err,
			    "cannot copy '%s' to a temporary file",
			    source->name);
			*written = false;
			break;
		}
		source->size += (uint64_t)got;
	}
	free(buf);
	return got < 0 ? -1 : 0;
}

int
ev_source_settle(struct ev_source *source, struct ev_err *err)
{
	bool written;
	int fd, r;

	if (source->seekable)
		return 0;
	if ((fd = ev_temporary(err)) < 0)
		return -1;
	source->size = 0;
	r = copy(source, fd, &written, err);
	if (!written) {
		close(fd);
		return -1;
	}
	ev_unpack_free(source->unpack);
	source->unpack = NULL;
	close_fd(source);
	source->fd = fd;
	source->trail = ev_trail_file(fd);
	source->seekable = true;
	return r;
}
