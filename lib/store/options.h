/*
 * options: how a store is written.
 */
#ifndef EV_STORE_OPTIONS_H
#define EV_STORE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

/* What is durable before a write ends: nothing, the log, all files. */
enum ev_sync { EV_SYNC_NONE, EV_SYNC_DATA, EV_SYNC_FULL };

/* What becomes of an event whose id is there with other content. */
enum ev_on_conflict {
	EV_ON_CONFLICT_WRITE, EV_ON_CONFLICT_SKIP, EV_ON_CONFLICT_ERROR
};

struct ev_store_options {
	enum ev_sync		sync;
	enum ev_on_conflict	on_conflict;
	int64_t			deadline_ms;	/* for the lock; 0: 5000 */
	/*
	 * Moments of ev_clock_mono, 0: none.  From lock_by on the lock is not
	 * waited for; from until on the log is not read for ids, no view is
	 * followed, and nothing is taken out of the spool.
	 */
	int64_t			lock_by, until;
	bool			atomic;	/* all entries of a write, or none */
};

#endif
