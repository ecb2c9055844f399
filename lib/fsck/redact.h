/*
 * redact: an event's line is replaced by a tombstone wherever a store has it.
 */
#ifndef EV_FSCK_REDACT_H
#define EV_FSCK_REDACT_H

#include "base/err.h"
#include "fsck/finding.h"
#include "store/place.h"

/*
 * Redacts the event with this id in the log, the day files (compressed ones are
 * unpacked), the feeds, lost.jsonl and what was set aside, and takes its bytes
 * out of cursors.  What was done is added to findings.  1; 0: there is none;
 * -1.
 */
int	ev_redact_event(const struct ev_place *place, const char *id,
	    struct ev_findings *findings, struct ev_err *err);

#endif
