/*
 * sql: events as INSERT statements, for SQLite, PostgreSQL and what else has
 * standard strings (a quote is doubled, a backslash is itself).
 */
#ifndef EV_OUT_SQL_H
#define EV_OUT_SQL_H

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

/* INSERT INTO events ("id",…) VALUES ('…',NULL,…); */
void	ev_sql_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

#endif
