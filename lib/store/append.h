/*
 * append: lines get into the log so that each of them stands on a line of its
 * own before it is acknowledged (2-store 2.4, W4, W6).
 */
#ifndef EV_STORE_APPEND_H
#define EV_STORE_APPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/log.h"

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
int	ev_append(struct ev_log *log, const struct ev_dir *dir,
	    struct ev_batch *batch, bool seal, bool space,
	    struct ev_err *err);

/* Ends an unfinished last line by itself (W4); log->size is behind it.  0 or
 * -1. */
int	ev_append_seal(struct ev_log *log, const struct ev_dir *dir,
	    struct ev_err *err);

#endif
