/*
 * log: the main log M, the only truth: opened, and appended to so that what
 * was acknowledged stands on a line of its own (2-store 2.3, 2.4 W2, W4, W6).
 */
#ifndef EV_STORE_LOG_H
#define EV_STORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/dir.h"

struct ev_log {
	int		 fd;	/* -1: not open */
	dev_t		 dev;
	ino_t		 ino;
	uint64_t	 size;	/* bytes, when it was last looked at */
};

#define EV_LOG_INIT { -1, 0, 0, 0 }

/*
 * Opens the log, or looks whether the name still leads to the open one and
 * opens it anew when not (*anew then true; may be NULL); size is up to date
 * after that.  make: O_CREAT.  Takes over the log's mode for new files (W2).
 * 1; 0 there is none (without make); -1.
 */
int	ev_log_open(struct ev_log *log, struct ev_dir *dir, bool make,
	    bool *anew, struct ev_err *err);
void	ev_log_close(struct ev_log *log);

/* Up to n bytes at an offset, all that are there; their number, or -1. */
ssize_t	ev_log_read(const struct ev_log *log, const struct ev_dir *dir,
	    void *to, size_t n, uint64_t at, struct ev_err *err);

/*
 * Where the log's last whole line ends: size when the last byte is LF (or the
 * log is empty), else behind the last LF.  0 or -1.
 */
int	ev_log_end(const struct ev_log *log, const struct ev_dir *dir,
	    uint64_t *end, struct ev_err *err);

#define EV_NOWHERE UINT64_MAX

/* A line in the buffer below: n bytes with its LF, from byte `from`. */
struct ev_put {
	size_t		 from, n;
	int32_t		 day;	/* the caller's: where it belongs */
	uint64_t	 at;	/* out: its offset in the log */
};

/* Lines to be appended. */
struct ev_batch {
	struct ev_buf	 bytes;	/* an LF, then the lines, each with its LF */
	struct ev_put	*put;	/* the lines, in their order */
	size_t		 count;
	bool		 whole;	/* out: the lines stand in one piece, as in
				 * bytes, from put[0].at on */
};

/*
 * Appends the lines: one write(2), begun with the LF when seal is true (the
 * log does not end in one, or nobody knows).  A line whose place another
 * writer spoiled in between is written again, at most twice (W6).  space: set
 * blocks aside first, so that a full disk tears no line.  0: every line is
 * committed (I1) and its offset known; log->size is behind the last of them.
 * -1: some are not.
 */
int	ev_log_append(struct ev_log *log, const struct ev_dir *dir,
	    struct ev_batch *batch, bool seal, bool space,
	    struct ev_err *err);

/* fdatasync; -1: "not known to be durable". */
int	ev_log_sync(const struct ev_log *log, const struct ev_dir *dir,
	    struct ev_err *err);

#endif
