/*
 * short: an event on one line for people: time, type, actor, entity, message.
 */
#ifndef EV_OUT_SHORT_H
#define EV_OUT_SHORT_H

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

/* The roles that must be wanted, ended by EV_ROLES. */
extern const enum ev_role ev_short_roles[];

/*
 * Appends the line without its LF.  Absent values show as "-"; an event
 * without a message shows what else it holds as key=value.
 */
void	ev_short_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

#endif
