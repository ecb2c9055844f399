/*
 * shot: a store as it is at one moment between two writers, for who only reads.
 *
 * What stood in its files then stays while others write on: the log and the
 * views only grow.  Who finds them changed all the same looks again while he
 * holds the lock.
 */
#ifndef EV_FSCK_SHOT_H
#define EV_FSCK_SHOT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/dir.h"
#include "store/listing.h"
#include "store/lock.h"
#include "store/log.h"
#include "store/views.h"

struct ev_shot {
	struct ev_place	 *place;	/* the caller's */
	struct ev_dir	  dir;
	struct ev_log	  log;		/* open for reading */
	struct ev_lock	  lock;
	bool		  locked;	/* until it is cleared */
	struct ev_views	  views;
	enum ev_views_are are;		/* EV_VIEWS_NONE when sound is false */
	bool		  state;	/* there is a state file */
	uint64_t	  end;		/* of the log's whole lines */
	struct ev_listing days;
	uint64_t	 *size;		/* of the plain files, beside days.day */
	bool		  feed;		/* there is one, of feed_size bytes */
	uint64_t	  feed_size;
};

/*
 * Looks at the store, under its lock when that can be had; keep: holds it until
 * ev_shot_clear.  1; 0 there is no log; -1 something cannot be read or is
 * refused.  To be cleared in any case; place must last as long.
 */
int	ev_shot_take(struct ev_shot *shot, struct ev_place *place, bool keep,
	    struct ev_err *err);
void	ev_shot_clear(struct ev_shot *shot);

/* Bytes of a day's plain file then, of the feed with EV_VIEW_FEED. */
uint64_t ev_shot_size(const struct ev_shot *shot, int32_t day);

#endif
