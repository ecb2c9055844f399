/*
 * stand: do all lines of an earlier log still stand in a later one?
 */
#ifndef EV_HISTORY_STAND_H
#define EV_HISTORY_STAND_H

#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/*
 * Appends the lines of `before` that `after` lacks, each with an LF, and gives
 * their number.  Lines without an id must be there as often as before, lines
 * with one once; blank ones are nothing, and for what was redacted its tombstone
 * stands.  Texts end as ev_blob_read has them.
 */
size_t	ev_stand(struct ev_slice before, struct ev_slice after,
	    struct ev_buf *missing);

#endif
