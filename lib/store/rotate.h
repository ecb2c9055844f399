/*
 * rotate: a log begins anew, and what it held becomes a segment
 * (2-store 2.1, 2.5).
 *
 * No byte moves and no offset changes: the log's file gets a second name, that
 * of the segment, and an empty file takes over the first one.
 */
#ifndef EV_STORE_ROTATE_H
#define EV_STORE_ROTATE_H

#include "base/err.h"
#include "store/views.h"

/*
 * Under the lock, with views that are up to date (ev_store_upkeep): ends a torn
 * line and rotates.  Before its file has another name the state says so (its
 * `rotating`); who is killed leaves to the next writer to find out how far it
 * came.  1; 0: the log's file is empty; -1.
 */
int	ev_rotate(struct ev_views *views, struct ev_err *err);

/* Under the lock, when the views were rejoined: what a killed process began is
 * ended.  0 or -1. */
int	ev_rotate_end(struct ev_views *views, struct ev_err *err);

/*
 * Whole lines that another writer, who had the file open, put behind the end of
 * what became a segment: those that the log's own file lacks are added to it.
 * fd is the segment's file, its bytes [0, end) count.  With the lock, or by who
 * did not get it.  0 or -1.
 */
int	ev_rotate_catch(struct ev_log *log, const struct ev_dir *dir, int fd,
	    uint64_t end, struct ev_err *err);

#endif
