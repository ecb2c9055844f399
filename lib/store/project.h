/*
 * project: the views follow the log, in steps (2-store 2.4, W7).
 */
#ifndef EV_STORE_PROJECT_H
#define EV_STORE_PROJECT_H

#include <stdint.h>

#include "base/err.h"
#include "store/append.h"
#include "store/views.h"

/*
 * Brings the views to byte `to` of the log (behind an LF), in steps; the
 * first is always taken, further ones until the moment `until` (of
 * ev_clock_mono).  batch (may be NULL): lines just appended, whose days are
 * known.  1; 0: a view is not what it should be (err says which); -1: it
 * could not be done, the next writer will.
 */
int	ev_project(struct ev_views *views, const struct ev_batch *batch,
	    uint64_t to, int64_t until, struct ev_err *err);

#endif
