/*
 * redacted: which lines tombstones stand for, so that a merge does not bring
 * them back from a copy that still has them (ev-fsck(1), --redact).
 */
#ifndef EV_HISTORY_REDACTED_H
#define EV_HISTORY_REDACTED_H

#include <stdbool.h>

#include "event/event.h"

struct ev_redacted;

struct ev_redacted *ev_redacted_new(void);
void	ev_redacted_free(struct ev_redacted *redacted);

/* Notes the event when it is a tombstone.  Its model wants EV_ID, EV_TYPE and
 * EV_TIME. */
void	ev_redacted_note(struct ev_redacted *redacted, struct ev_event *ev);

/* Does a tombstone stand for this line, which has this id? */
bool	ev_redacted_is(const struct ev_redacted *redacted, struct ev_slice id,
	    struct ev_slice line);

#endif
