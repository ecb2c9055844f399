/*
 * packed: day files that are compressed (2-store 2.5).
 *
 * A compressed file holds the first lines of its day, the plain one beside it
 * (if there is one) those that came later.  For a moment a line may stand in
 * both; the state says so (its `packing`) before it begins, and the next writer
 * ends it.
 */
#ifndef EV_STORE_PACKED_H
#define EV_STORE_PACKED_H

#include "base/err.h"
#include "store/extend.h"
#include "store/lost.h"
#include "store/views.h"

/*
 * Under the lock, with views that are up to date: the plain lines of a day go
 * to the end of its compressed file, which is read back and made durable before
 * the plain file goes.  1; 0: there is no plain file; -1.
 */
int	ev_packed_make(struct ev_views *views, int32_t day,
	    struct ev_err *err);

/* The other way round: a day without a plain file gets one, and the compressed
 * one goes.  0 or -1. */
int	ev_packed_undo(struct ev_views *views, int32_t day,
	    struct ev_err *err);

/* Under the lock: ends what was begun.  0 or -1. */
int	ev_packed_end(struct ev_views *views, struct ev_err *err);

/*
 * For a rebuild: due is the whole day (in a file).  A compressed file that is a
 * beginning of it stays, and due becomes the rest; another one goes, its lines
 * being safe, or is set aside as NAME.bad when it is broken.  0 or -1.
 */
int	ev_packed_settle(const struct ev_dir *dir, int32_t day,
	    struct ev_due *due, struct ev_lost *lost, struct ev_err *err);

#endif
