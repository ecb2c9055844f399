/*
 * tombstone: what stands in the place of a line that was redacted.
 *
 * An object of the same length: the line's id, type and time as they stood, then
 * blanks, then "redacted" with the SHA-256 of the line in hexadecimal digits;
 * fewer digits, at least 8, where there is no room for 64.
 */
#ifndef EV_FSCK_TOMBSTONE_H
#define EV_FSCK_TOMBSTONE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"

/* Is the event one?  Its model wants EV_ID, EV_TYPE and EV_TIME. */
bool	ev_tombstone_is(const struct ev_event *ev);

/* Appends the tombstone of an event, which has as many bytes as its line and
 * its id; the event is another one after that.  -1: the line is too short. */
int	ev_tombstone_make(struct ev_event *ev, struct ev_buf *out,
	    struct ev_err *err);

#endif
