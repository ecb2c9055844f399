/*
 * log: the main log M, the only truth (2-store 2.3, 2.4 W2, W9).
 */
#ifndef EV_STORE_LOG_H
#define EV_STORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "store/chain.h"
#include "store/dir.h"

struct ev_log {
	struct ev_chain	 chain;	/* its fd is -1: not open */
	dev_t		 dev;
	ino_t		 ino;
	uint64_t	 size;	/* where it ended when it was last looked at */
	bool		 settled; /* chain.base is known, not taken for 0 */
};

/* All offsets of a log are logical ones, see store/chain. */
#define EV_LOG_INIT { { .fd = -1, .dir = -1 }, 0, 0, 0, false }

/* -1: the open file is packed, and would be spoilt by what is appended to it
 * (asked of names that do not end in .jsonl). */
int	ev_log_plain(const struct ev_dir *dir, int fd, struct ev_err *err);

/*
 * Opens the log, or looks whether the name still leads to the open one and
 * opens it anew when not (*anew then true; may be NULL); size is up to date
 * after that.  make: O_CREAT.  Takes over the log's mode for new files (W2).
 * The file that it opened anew counts as the whole log until it is settled.
 * 1; 0 there is none (without make); -1.
 */
int	ev_log_open(struct ev_log *log, struct ev_dir *dir, bool make,
	    bool *anew, struct ev_err *err);
void	ev_log_close(struct ev_log *log);

/* The open file begins at this offset: what was said of its size follows. */
void	ev_log_settle(struct ev_log *log, uint64_t base);
/* Looks where it begins, unless that is known, for who does not read the state.
 * 0 or -1. */
int	ev_log_base(struct ev_log *log, const struct ev_dir *dir,
	    struct ev_err *err);

/* Up to n bytes at an offset, all that are there; their number, or -1. */
ssize_t	ev_log_read(struct ev_log *log, const struct ev_dir *dir,
	    void *to, size_t n, uint64_t at, struct ev_err *err);

/*
 * Where the log's last whole line ends: size when the last byte is LF (or the
 * log's own file is empty), else behind the last LF.  0 or -1.
 */
int	ev_log_end(struct ev_log *log, const struct ev_dir *dir,
	    uint64_t *end, struct ev_err *err);

/* fdatasync; -1: "not known to be durable". */
int	ev_log_sync(const struct ev_log *log, const struct ev_dir *dir,
	    struct ev_err *err);

#endif
