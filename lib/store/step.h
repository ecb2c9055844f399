/*
 * step: one chunk of the log goes into its views (2-store 2.4, W7).
 */
#ifndef EV_STORE_STEP_H
#define EV_STORE_STEP_H

#include "base/err.h"
#include "store/views.h"

/*
 * views->chunk is the log's bytes from state.m on.  The present lengths of
 * partitions that the state did not know are written into it first (the
 * intent); then all are extended; then the state says so.  1; 0: a view is
 * not what it should be (err says which); -1: it could not be done.
 */
int	ev_step(struct ev_views *views, struct ev_err *err);

#endif
