/*
 * column: named values of an event as text, for tables.
 */
#ifndef EV_OUT_COLUMN_H
#define EV_OUT_COLUMN_H

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"

#define EV_COLUMNS_DEFAULT "time,type,actor,entity,id,message"

struct ev_column;	/* one of them */

struct ev_columns {
	struct ev_column	*v;
	size_t			 n;
};

#define EV_COLUMNS_INIT { NULL, 0 }

/*
 * Reads a comma list of roles, pseudo-fields (dialect, category, raw) and
 * paths (one that begins with "." is always a path), blanks around them aside,
 * and wants them of the model, which is not yet sealed.  0, or -1: which name
 * is wrong and why.  Release with ev_columns_clear.
 */
int	ev_columns_parse(struct ev_columns *columns, const char *list,
	    struct ev_model *model, struct ev_err *err);
void	ev_columns_clear(struct ev_columns *columns);

/* The name as it was given; the columns'. */
const char *ev_columns_name(const struct ev_columns *columns, size_t i);

/*
 * Appends column i of an event: strings decoded, numbers as they stand, arrays
 * and objects as compact JSON, the time in RFC 3339 UTC with milliseconds, the
 * derived id where the line has none; a path over elements ("a[]") gives an
 * array.  Nothing for what is absent or null.
 */
void	ev_columns_text(const struct ev_columns *columns, size_t i,
	    struct ev_event *ev, struct ev_buf *out);

#endif
