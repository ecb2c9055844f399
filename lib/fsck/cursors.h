/*
 * cursors: are the cursors of a store sound, and where are they in its log?
 */
#ifndef EV_FSCK_CURSORS_H
#define EV_FSCK_CURSORS_H

#include <stdint.h>

#include "base/err.h"
#include "fsck/finding.h"
#include "fsck/shot.h"

/* Checks the cursors of the store.  0 or -1. */
int	ev_cursors_check(struct ev_shot *shot, struct ev_findings *findings,
	    struct ev_err *err);

/* Sets the damaged ones aside as NAME.bad in the private directory; who used
 * them reads all of the log again, as before.  0 or -1. */
int	ev_cursors_mend(struct ev_shot *shot, struct ev_findings *findings,
	    struct ev_err *err);

#endif
