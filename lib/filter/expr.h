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
 * A value is a bare word, or text in ' or " (\ takes the next character).  A
 * path that begins with "." is always a path (.type is the literal key).
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

#endif
