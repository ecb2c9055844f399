/*
 * keep: the views are kept up to date, come what may: whatever happens to them
 * is told in notes and refuses no event (2-store 2.4, W3, W7).
 */
#ifndef EV_STORE_KEEP_H
#define EV_STORE_KEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/append.h"
#include "store/views.h"

/* A log up to this size is rebuilt by the writer that finds it must be. */
#define EV_KEEP_REBUILD (64u << 20)

struct ev_keep {
	struct ev_views	*views;
	struct ev_buf	 said, aside;	/* notes: for all, for -v */
	struct ev_err	 last[2];	/* the last one of each */
	bool		 on;		/* the views can be relied on */
	int64_t		 until;		/* of ev_clock_mono */
};

/* One note, and its LF, unless it is the last one again; aside: only with
 * -v. */
void	ev_keep_say(struct ev_keep *keep, bool aside, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/*
 * Under the lock, before anything is written: loads the state (the log's size
 * is up to date) and finds the end of its whole lines.  What is not as it
 * should be is rebuilt, or marked as stale, or left alone; keep->on says
 * whether the views are good.  *anew: the log is another one than before.  0,
 * or -1: the log cannot be read.
 */
int	ev_keep_load(struct ev_keep *keep, uint64_t *end, bool *anew,
	    struct ev_err *err);

/* Brings the views to byte `to` of the log; batch as for ev_project. */
void	ev_keep_follow(struct ev_keep *keep, const struct ev_batch *batch,
	    uint64_t to);

/* After all is written: brings the views to byte `to`, and leaves the last id
 * in a state that is not theirs to follow. */
void	ev_keep_end(struct ev_keep *keep, uint64_t to);

/* Under the lock: makes the views anew, however large the log is.  0 or -1. */
int	ev_keep_rebuild(struct ev_keep *keep, struct ev_err *err);

void	ev_keep_clear(struct ev_keep *keep);

#endif
