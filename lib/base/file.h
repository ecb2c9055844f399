/*
 * file: whole reads and writes over descriptors.
 */
#ifndef EV_BASE_FILE_H
#define EV_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Writes all n bytes; goes on after short writes and EINTR.  0, or -1 with
 * errno set.
 */
int	ev_write_all(int fd, const void *p, size_t n);

/* Writes all n bytes at offset.  0, or -1 with errno set. */
int	ev_pwrite_all(int fd, const void *p, size_t n, off_t at);

/*
 * Reads up to n bytes at offset, as many as there are.  Their number, or -1
 * with errno set.
 */
ssize_t	ev_pread_all(int fd, void *p, size_t n, off_t at);

/* Reads to the end, appending; more than limit bytes fail.  0 or -1. */
int	ev_read_fd(int fd, struct ev_buf *out, size_t limit,
	    const char *name, struct ev_err *err);

/* The same for a path. */
int	ev_read_file(const char *path, struct ev_buf *out, size_t limit,
	    struct ev_err *err);

/* Are two files, by their devices and their numbers there, one? */
bool	ev_same_file(dev_t dev, ino_t ino, dev_t other_dev, ino_t other_ino);

/* An open file that has no name (any more) in $TMPDIR, else /tmp; or -1. */
int	ev_temporary(struct ev_err *err);

#endif
