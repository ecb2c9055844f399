/*
 * consume: what is read from a cursor on is given away, and the cursor moves
 * behind it when it was taken, not before (3-commands 3.3).
 */
#ifndef EV_TAIL_CONSUME_H
#define EV_TAIL_CONSUME_H

#include <stdbool.h>
#include <stdint.h>

#include "tail/batch.h"
#include "tail/cursor.h"
#include "tail/deliver.h"
#include "tail/job.h"
#include "tail/live.h"
#include "tail/outlet.h"

struct ev_consume {
	/* The caller's. */
	struct ev_cursor	*cursor;	/* open */
	const char		*after;		/* begin behind this; NULL: where
						 * the cursor is */
	bool			 once;		/* what is there now */
	bool			 limited;	/* no more than `most` matches */
	uint64_t		 most;
	bool			 hold;		/* the caller saves the cursor,
						 * after ev_follow_run */
	struct ev_deliver	 deliver;	/* command NULL: to the sink */
	uint64_t		 batch;		/* events for it at once */
	int64_t			 batch_wait;	/* ms that a smaller batch waits
						 * for more */

	bool			 gap;		/* where it was is not there any
						 * more, which was told */
	bool			 moved;		/* something is to be saved */

	struct ev_batch		 held;
	uint64_t		 last;		/* where the last of them begins */
	struct ev_outlet	 outlet;
	struct ev_event		*ev;		/* for positions */
	size_t			 step;		/* bytes that are given at once */
	dev_t			 dev;		/* of the file that the mark is */
	ino_t			 ino;		/* in */
	struct ev_tail		*tail;
};

/*
 * Begins with the log as it is: seeks *live (which may not be there) to where
 * reading goes on.  The model wants EV_ID, the sink is open.  0; -1: it cannot
 * be read, or what `after` says is no position.
 */
int	ev_consume_begin(struct ev_consume *consume, struct ev_tail *tail,
	    struct ev_live *live, struct ev_err *err);
void	ev_consume_clear(struct ev_consume *consume);

/* Takes a match, whose line begins at offset; true: that is enough for now,
 * stop reading behind it. */
bool	ev_consume_event(struct ev_consume *consume, struct ev_event *ev,
	    uint64_t offset);

/*
 * Everything up to ev_live_place was read: gives what is held and moves the
 * cursor, unless more is waited for.  1; 0: it could not be given, because a
 * signal came or nobody reads; -1.
 */
int	ev_consume_give(struct ev_consume *consume, const struct ev_live *live,
	    struct ev_err *err);

/* In how many ms what is held is to be given, however little; -1: nothing
 * is. */
int	ev_consume_timeout(const struct ev_consume *consume);

/* True when no further match is wanted. */
bool	ev_consume_full(const struct ev_consume *consume);

#endif
