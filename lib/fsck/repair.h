/*
 * repair: a store is made sound as far as nothing is lost by it
 * (2-store 2.4, 3-commands 3.9).
 */
#ifndef EV_FSCK_REPAIR_H
#define EV_FSCK_REPAIR_H

#include "base/err.h"
#include "fsck/finding.h"
#include "store/place.h"

/*
 * Ends the log's last line, makes the views anew, puts the events back into the
 * log that views or lost.jsonl hold and the log lacks, and sets damaged cursors
 * aside.  Files that are not what they should be stay as NAME.bad until all of
 * their lines are known to be elsewhere.  What was done is added to findings.
 * Nothing of the log is changed or removed.  May be killed and begun anew at
 * any point.  0 or -1.
 */
int	ev_repair(const struct ev_place *place, struct ev_findings *findings,
	    struct ev_err *err);

/* Makes day files and feed anew.  0 or -1. */
int	ev_repair_views(const struct ev_place *place,
	    struct ev_findings *findings, struct ev_err *err);

#endif
