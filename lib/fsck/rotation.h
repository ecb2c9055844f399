/*
 * rotation: a log that grew too long or too old begins anew (--rotate).
 */
#ifndef EV_FSCK_ROTATION_H
#define EV_FSCK_ROTATION_H

#include "base/err.h"
#include "fsck/finding.h"
#include "store/place.h"

/*
 * Rotates the log when its own file has as many bytes as limit says (64M), or
 * an event in it is as old (30d): the first one in it that has a time.  What
 * was done is added to findings, that nothing was is a note.  -1 also for a log
 * that git knows: two clones would rotate it at different places.
 */
int	ev_rotation(const struct ev_place *place, const char *limit,
	    struct ev_findings *findings, struct ev_err *err);

#endif
