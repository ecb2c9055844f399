/*
 * pgcopy: events as rows of PostgreSQL's COPY in its text format
 * (postgresql.org, "COPY", File Formats): columns end in TAB, NULL is \N.
 */
#ifndef EV_OUT_PGCOPY_H
#define EV_OUT_PGCOPY_H

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

void	ev_pgcopy_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

#endif
