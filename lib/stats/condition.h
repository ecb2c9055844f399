/*
 * condition: the expression of --fail-if, read (stats/failif says of which rows
 * it is true).
 *
 *	expr  = or ;  or = and { "or" and } ;  and = not { "and" not } ;
 *	not   = [ "not" ] atom ;  atom = "(" expr ")" | name op value ;
 *	op    = "=" | "!=" | "<" | "<=" | ">" | ">="
 */
#ifndef EV_STATS_CONDITION_H
#define EV_STATS_CONDITION_H

#include <stdbool.h>

#include "base/err.h"
#include "filter/lex.h"

struct ev_condition {
	enum {
		EV_CONDITION_TEST,
		EV_CONDITION_AND,
		EV_CONDITION_OR
	}			 kind;
	bool			 negate;
	struct ev_condition	*left, *right;	/* AND, OR */
	/* TEST */
	char			*name, *value;
	char			*number; /* what the value is as one, or NULL */
	enum ev_lex_op		 op;
};

/* NULL: the message has the column and what was expected there. */
struct ev_condition *ev_condition_new(const char *text, struct ev_err *err);
void	ev_condition_free(struct ev_condition *condition);

#endif
