/*
 * envelope: an event in somebody else's wrapping, or its id alone.
 *
 * Values keep the bytes that the line has for them.
 */
#ifndef EV_OUT_ENVELOPE_H
#define EV_OUT_ENVELOPE_H

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

/* The roles that each must have wanted, ended by EV_ROLES. */
extern const enum ev_role ev_structured_roles[], ev_cloudevents_roles[],
    ev_id_roles[];

/* The line itself. */
void	ev_jsonl_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

/*
 * The id, the derived one where there is none; NUL, and where records are
 * lines LF and CR, as \0 \n \r.
 */
void	ev_id_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

/*
 * Brewva's brewva.event.v1: schema, id, sessionId, type, category, timestamp
 * (of another dialect: in ms), isoTime (UTC, whole seconds), turn and payload
 * where present; null for what an event of another dialect lacks.  A flat
 * dialect's payload is the whole event.
 */
void	ev_structured_event(const struct ev_writer *writer,
	    struct ev_event *ev, struct ev_buf *out);

/*
 * CloudEvents 1.0 in JSON: one that is a CloudEvent stays as it is, any other
 * becomes `data`.  source is the actor as a URI reference, else ev:DIALECT.
 */
void	ev_cloudevents_event(const struct ev_writer *writer,
	    struct ev_event *ev, struct ev_buf *out);

#endif
