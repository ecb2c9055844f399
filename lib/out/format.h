/*
 * format: the ways of printing events, by name.
 *
 *	struct ev_writer w = { .utc = true };
 *	ev_format_open(&w, "csv", NULL, model, &err);	(model not yet sealed)
 *	ev_format_head(&w, &out);
 *	ev_format_event(&w, ev, &out);			for each event
 *	ev_format_close(&w);
 */
#ifndef EV_OUT_FORMAT_H
#define EV_OUT_FORMAT_H

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "out/writer.h"

/* The names, for the values of an option. */
#define EV_FORMAT_NAMES \
	"jsonl short json-seq csv tsv md id cloudevents structured pgcopy " \
	"sql otlp"

/*
 * Sets the format and what it wants of the model.  columns: NULL for the
 * default ones.  The caller sets the writer's flags, before or after.  -1: no
 * such format, columns or NUL with one that has none, a wrong column.
 */
int	ev_format_open(struct ev_writer *writer, const char *name,
	    const char *columns, struct ev_model *model, struct ev_err *err);
void	ev_format_close(struct ev_writer *writer);

/* True when an event is printed as its stored bytes and LF. */
bool	ev_format_stored(const struct ev_writer *writer);

/* Append what stands before all events, and one event with its end. */
void	ev_format_head(const struct ev_writer *writer, struct ev_buf *out);
void	ev_format_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

#endif
