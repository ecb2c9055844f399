/*
 * expr: the expressions of -w (ev-filter(7)).
 *
 *	expr  = or ;  or = and { "or" and } ;  and = not { "and" not } ;
 *	not   = [ "not" ] atom ;  atom = "(" expr ")" | test ;
 *	test  = field op value | field "in" "(" value { "," value } ")"
 *	      | field "?" ;
 *	op    = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "!~" | "*=" ;
 *	field = role | dialect | category | raw | path ;
 *
 * The words and, or, not, in count in any case.  A field in quotes or behind a
 * "." is always a path (.type is the literal key).  A value is a bare word
 * (no blank ( ) , = ! < >), or text in ' or ", where \ takes a quote or a
 * backslash as it is.  How they compare: filter/value.h.
 */
#ifndef EV_FILTER_EXPR_H
#define EV_FILTER_EXPR_H

#include <stdbool.h>

#include "base/err.h"
#include "event/event.h"

struct ev_expr;

/* Compiles onto the model (not yet sealed).  NULL: the message has the column
 * and what was expected there. */
struct ev_expr *ev_expr_new(const char *text, struct ev_model *model,
	    bool utc, struct ev_err *err);
void	ev_expr_free(struct ev_expr *expr);
/* Several threads may ask at once, each with its own event. */
bool	ev_expr_match(const struct ev_expr *expr, struct ev_event *ev);
/* How many texts its patterns could not be tried on to the end. */
uint64_t ev_expr_unsolved(const struct ev_expr *expr);
/*
 * A text that stands byte for byte in every line that can match (or in which
 * a \u escape stands), or NULL; the expression's.
 */
const char *ev_expr_literal(const struct ev_expr *expr);

#endif
