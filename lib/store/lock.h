/*
 * lock: one writer at a time, and none that waits for ever (2-store 2.4, W1).
 */
#ifndef EV_STORE_LOCK_H
#define EV_STORE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/dir.h"

struct ev_lock {
	int	fd;	/* "lock" in the private directory; -1: not open */
	int	peer;	/* the other writers' lock file while it is held */
	bool	late;	/* not had because another process holds it */
};

#define EV_LOCK_INIT { -1, -1, false }

/*
 * Takes the store's lock, and the peer's when its file is there, until the
 * moment `until` of ev_clock_mono.  Makes the private directory and the lock
 * file when they are missing.  1 taken; 0 not had: not in time (late), or it
 * cannot be locked at all, err says why; -1 what stands there is refused.
 */
int	ev_lock_take(struct ev_lock *lock, struct ev_dir *dir, int64_t until,
	    struct ev_err *err);
/* The same for a lock that is not open yet, where there is a lock file: makes
 * nothing.  0 also when there is none. */
int	ev_lock_borrow(struct ev_lock *lock, struct ev_dir *dir, int64_t until,
	    struct ev_err *err);
void	ev_lock_give(struct ev_lock *lock);
void	ev_lock_close(struct ev_lock *lock);

#endif
