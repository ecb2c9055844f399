/*
 * retain: old day files and feeds are dropped (--keep, --keep-size, 2-store
 * 2.5).
 */
#ifndef EV_FSCK_RETAIN_H
#define EV_FSCK_RETAIN_H

#include "base/err.h"
#include "fsck/finding.h"
#include "fsck/retention.h"
#include "store/place.h"

/*
 * Drops day files for good, sets the feed aside as feed.N.jsonl when it begins
 * before (or is larger), and drops feeds that were set aside before.  Lines of
 * them that the log lacks are put into lost.jsonl first.  What a cursor has not
 * read yet stays, and is a problem in findings.  0 or -1.
 */
int	ev_retain(const struct ev_place *place, const struct ev_retain *retain,
	    struct ev_findings *findings, struct ev_err *err);

#endif
