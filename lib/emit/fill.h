/*
 * fill: the members that nobody gave: id, time, actor and other defaults
 * (1-events 1.2, 1.3, 1.5, 1.6).
 */
#ifndef EV_EMIT_FILL_H
#define EV_EMIT_FILL_H

#include "base/err.h"
#include "emit/queue.h"
#include "emit/draft.h"
#include "emit/given.h"

/*
 * Fills all that is still missing and has a default, and the entry: dialect,
 * identity of a new id (EV_NO_ID without an id), time, fingerprint.  The
 * members must have passed ev_check.  -1: EV_NOW is not a time, no actor.
 */
int	ev_fill(struct ev_draft *draft, struct ev_given *given,
	    struct ev_entry *entry, struct ev_err *err);

#endif
