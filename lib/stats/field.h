/*
 * field: what events are grouped by and measured in: a role, a pseudo-field
 * (dialect, category, raw) or a path, named as in ev-filter(7).
 */
#ifndef EV_STATS_FIELD_H
#define EV_STATS_FIELD_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "filter/subject.h"

struct ev_field {
	char			*name;	/* as it was given */
	struct ev_subject	 subject;
	bool			 many;	/* an event can have several values,
					 * and has none when the list is empty */
};

/* Wants of the model what it needs.  -1: no such field; the message says
 * which and why.  Release with ev_field_clear. */
int	ev_field_parse(struct ev_field *field, struct ev_slice text,
	    struct ev_model *model, struct ev_err *err);
void	ev_field_clear(struct ev_field *field);

/* The role that a field is, or -1. */
int	ev_field_role(const struct ev_field *field);

/*
 * Calls fn for each of its values, null excepted, until fn gives other than 0;
 * gives that, or 0.  The time is RFC 3339 UTC with milliseconds; scratch holds
 * what is computed.
 */
int	ev_field_each(const struct ev_field *field, struct ev_event *ev,
	    struct ev_buf *scratch, int (*fn)(void *arg,
	    const struct ev_val *val), void *arg);

/* A value as a number: a JSON number, or text that reads as one where the role
 * is a number.  False: it is none. */
bool	ev_field_number(const struct ev_field *field,
	    const struct ev_val *val, struct ev_slice *out);

/*
 * The next name of a comma list: *at moves behind it; blanks around it do not
 * count, nor do commas in parentheses or quotes or behind a backslash.  False:
 * there is no more.
 */
bool	ev_field_next(const char **at, struct ev_slice *out);

#endif
