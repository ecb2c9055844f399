/*
 * dbtext: the columns of an event as a database can hold them, for pgcopy and
 * sql (share/sql/events.sql has the table).
 *
 * PostgreSQL has no NUL and no lone surrogate in text or jsonb (they become
 * U+FFFD), no year 0000, and in jsonb it writes numbers out, 16,383 digits
 * behind the point at most: those of over 1000 characters, or with exponents of
 * over four digits, become strings of the same text.
 */
#ifndef EV_OUT_DBTEXT_H
#define EV_OUT_DBTEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "event/event.h"
#include "out/column.h"

/* The columns of the table, as ev_columns_parse takes them. */
#define EV_DBTEXT_COLUMNS \
	"id,type,time,actor,session,correlation,entity,level,severity," \
	"message,raw"

/*
 * Appends column i; false: it is NULL, absent or empty, or a severity that is
 * no integer of 32 bits, and nothing was appended.
 */
bool	ev_dbtext(const struct ev_columns *columns, size_t i,
	    struct ev_event *ev, struct ev_buf *out);

/* The column's name in the table: that of the list, "event" for raw. */
const char *ev_dbtext_name(const struct ev_columns *columns, size_t i);

/* Appends text with U+FFFD for each NUL and each lone surrogate. */
void	ev_dbtext_clean(struct ev_buf *out, struct ev_slice text);

#endif
