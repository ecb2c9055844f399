/*
 * value: what a field is compared with, and how.
 *
 * Numbers compare by value when the word is an unquoted number and the line
 * has a number; times as times for the role time, and elsewhere when the word
 * begins with a date and the line has an RFC 3339 string; levels in their own
 * order; all else as bytes.  In the roles that are numbers (severity, quality,
 * line, turn) a string that reads as one is one.  What is no string, or no
 * number there, has no order, only equality of its raw text.
 */
#ifndef EV_FILTER_VALUE_H
#define EV_FILTER_VALUE_H

#include <stdbool.h>
#include <time.h>

#include "filter/subject.h"
#include "json/scan.h"

struct ev_value {
	char		*text;	/* the value's own */
	struct ev_slice	 slice;	/* of text */
	char		*number; /* what an unquoted number is, or NULL */
	bool		 null;	/* the bare word null */
	bool		 moment; /* compares with times; time is set */
	struct timespec	 time;
};

/*
 * Reads the value of a comparison; release with ev_value_clear in any case.
 * -1: no time for the role time, no number to order a number by; the message
 * has the column.
 */
int	ev_value_read(struct ev_value *value, const struct ev_subject *field,
	    enum ev_lex_op op, const struct ev_scope *scope,
	    const struct ev_lex_word *token, struct ev_err *err);
void	ev_value_clear(struct ev_value *value);

/*
 * Does the comparison (not a pattern, not EV_LEX_EXISTS) hold: for a value of
 * the line whose text (ev_val_text) is at hand, for a computed text, for the
 * event's time?
 */
bool	ev_value_holds(const struct ev_value *value,
	    const struct ev_subject *field, enum ev_lex_op op,
	    const struct ev_val *val, struct ev_slice text);
bool	ev_value_holds_text(const struct ev_value *value,
	    const struct ev_subject *field, enum ev_lex_op op,
	    struct ev_slice text);
bool	ev_value_holds_time(const struct ev_value *value, enum ev_lex_op op,
	    struct timespec time);

#endif
