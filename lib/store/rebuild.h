/*
 * rebuild: the views made anew from the whole log (2-store 2.4, W3).
 */
#ifndef EV_STORE_REBUILD_H
#define EV_STORE_REBUILD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/views.h"

/*
 * Makes the views of bytes [0, to) of the log and writes the state.  While it
 * works the state says that they are stale.  A view that already is what it
 * should be, or a beginning of it, is kept and extended: who follows it with
 * tail -F sees nothing twice.  Lines of the others that the log lacks go to
 * lost.jsonl first; *lost is their number.  replaced: the log is another than
 * before (a new generation; the feed begins at 0).  0 or -1.
 */
int	ev_rebuild(struct ev_views *views, bool replaced, uint64_t to,
	    uint64_t *lost, struct ev_err *err);

/* Marks the views as stale, nothing applied.  0 or -1. */
int	ev_rebuild_later(struct ev_views *views, bool replaced,
	    struct ev_err *err);

#endif
