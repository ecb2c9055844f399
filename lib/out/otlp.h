/*
 * otlp: events as OpenTelemetry log records in OTLP's JSON, one
 * ExportLogsServiceRequest a line, as the collector's file exporter writes and
 * its otlpjsonfile receiver reads them (opentelemetry-proto 1.5, logs).
 *
 * The resource's service.name is the dialect; the body is the message, else
 * the type; the attributes are event.name, log.record.uid (the id),
 * session.id, ev.actor, ev.entity, ev.correlation, ev.parent and
 * log.record.original, the line.  Severities 0 to 5 are INFO, INFO2, WARN,
 * WARN2, ERROR, FATAL.  A correlation of 32 hex digits, not all 0, is the
 * trace's id.
 */
#ifndef EV_OUT_OTLP_H
#define EV_OUT_OTLP_H

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

/* What the model must have wanted, ended by EV_ROLES. */
extern const enum ev_role ev_otlp_roles[];

void	ev_otlp_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

#endif
