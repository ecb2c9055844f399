#include "store/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "input/unpack.h"

#define INTERRUPTS 1000 /* EINTR of one call until it counts as failed */
#define BLOCK 65536

void
ev_log_close(struct ev_log *log)
{
	if (log->chain.fd >= 0)
		close(log->chain.fd);
	ev_chain_clear(&log->chain);
	*log = (struct ev_log)EV_LOG_INIT;
}

static int
fail(const struct ev_dir *dir, const char *verb, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot %s '%s'", verb, dir->place->shown);
}

static bool
still_there(struct ev_log *log, const struct ev_dir *dir)
{
	struct stat st;

	if (log->chain.fd < 0 ||
	    fstatat(dir->fd, dir->place->log, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	log->size = log->chain.base + (uint64_t)st.st_size;
	return ev_same_file(st.st_dev, st.st_ino, log->dev, log->ino);
}

int
ev_log_plain(const struct ev_dir *dir, int fd, struct ev_err *err)
{
	const char *dot = strrchr(dir->place->log, '.');
	char head[EV_UNPACK_HEAD];
	enum ev_packed packed;
	ssize_t n;

	if (dot != NULL && strcmp(dot, ".jsonl") == 0)
		return 0;
	n = pread(fd, head, sizeof(head), 0);
	if (n < 0)
		return fail(dir, "read", err);
	packed = ev_unpack_format(head, (size_t)n);
	return packed == EV_PACKED_GZIP || packed == EV_PACKED_ZSTD ?
	    ev_fail(err,
		"'%s' is packed: it can be read, but is no store's log",
		dir->place->shown) :
	    0;
}

int
ev_log_open(struct ev_log *log, struct ev_dir *dir, bool make, bool *anew,
    struct ev_err *err)
{
	int flags = O_RDWR | O_APPEND | (make ? O_CREAT : 0);
	struct stat st;

	if (anew != NULL)
		*anew = false;
	if (still_there(log, dir))
		return 1;
	if (anew != NULL)
		*anew = log->chain.fd >= 0;
	ev_log_close(log);
	log->chain.fd = ev_dir_beside(dir, dir->place->log, flags, &st, err);
	log->chain.dir = dir->fd;
	log->chain.log = dir->place->log;
	if (log->chain.fd < 0)
		return !make && errno == ENOENT ? 0 : -1;
	if (ev_log_plain(dir, log->chain.fd, err) < 0) {
		ev_log_close(log);
		return -1;
	}
	log->dev = st.st_dev;
	log->ino = st.st_ino;
	log->size = (uint64_t)st.st_size;
	ev_dir_like(dir, &st);
	return 1;
}

void
ev_log_settle(struct ev_log *log, uint64_t base)
{
	log->size += base - log->chain.base;
	log->chain.base = base;
	log->settled = true;
}

int
ev_log_base(struct ev_log *log, const struct ev_dir *dir, struct ev_err *err)
{
	struct ev_chain chain;

	if (log->settled)
		return 0;
	if (ev_chain_open(&chain, dir->place, log->chain.fd) < 0)
		return fail(dir, "list the segments of", err);
	ev_chain_clear(&log->chain);
	ev_log_settle(log, chain.base);
	log->chain = chain;
	return 0;
}

ssize_t
ev_log_read(struct ev_log *log, const struct ev_dir *dir, void *to, size_t n,
    uint64_t at, struct ev_err *err)
{
	ssize_t got = ev_chain_read(&log->chain, to, n, at);

	if (got < 0)
		fail(dir, "read", err);
	return got;
}

int
ev_log_end(struct ev_log *log, const struct ev_dir *dir, uint64_t *end,
    struct ev_err *err)
{
	uint64_t at = log->size, base = log->chain.base;
	char block[BLOCK], *lf = NULL;
	ssize_t got;
	size_t n;

	/* a segment ends in whole lines */
	while (at > base && lf == NULL) {
		/* most often the last byte alone tells */
		n = at == log->size   ? 1 :
		    at - base < BLOCK ? (size_t)(at - base) :
					BLOCK;
		at -= n;
		got = ev_log_read(log, dir, block, n, at, err);
		if (got < 0)
			return -1;
		lf = memrchr(block, '\n', (size_t)got);
	}
	*end = lf != NULL ? at + (uint64_t)(lf - block) + 1 : base;
	return 0;
}

int
ev_log_sync(
    const struct ev_log *log, const struct ev_dir *dir, struct ev_err *err)
{
	int tries = 0, r;

	do
#ifdef EV_MUTANT_NO_FSYNC
		r = log->chain.fd < 0 ? -1 : 0;
#else
		r = fdatasync(log->chain.fd);
#endif
	while (r < 0 && errno == EINTR && ++tries < INTERRUPTS);
	if (r < 0)
		return ev_fail_errno(err,
		    "'%s' was written, but is not known "
		    "to be durable",
		    dir->place->shown);
	return 0;
}
