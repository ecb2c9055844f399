/*
 * shrink: old day files take less room (--compress, 2-store 2.5).
 */
#ifndef EV_FSCK_SHRINK_H
#define EV_FSCK_SHRINK_H

#include <stdint.h>

#include "base/err.h"
#include "fsck/finding.h"
#include "store/place.h"

/* Days since 1970 that ended before the length of time `age` ago ("30d"), as
 * the first that did not.  0 or -1. */
int	ev_shrink_day(const char *age, int32_t *day, struct ev_err *err);

/*
 * Compresses the day files before a day, each under the lock by itself.  What
 * was done is added to findings; one that a cursor has not read to its end stays
 * and is a problem there.  0 or -1.
 */
int	ev_compress(const struct ev_place *place, int32_t day,
	    struct ev_findings *findings, struct ev_err *err);

#endif
