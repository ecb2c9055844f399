/*
 * rules: how events make state, as data (4-views 4.2; ev-rules(5)).
 *
 * A table says which events belong to a view and which entity each of them is
 * about; its rules, in their order, change that entity's state.  All texts are
 * as a person writes them; fold/program compiles them.
 */
#ifndef EV_FOLD_RULES_H
#define EV_FOLD_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum ev_rule_op {
	EV_RULE_SET,	/* the state is a copy of an object */
	EV_RULE_MERGE,	/* an object's members replace; null is kept */
	EV_RULE_PATCH,	/* merge patch, RFC 7396; null removes */
	EV_RULE_PUT,	/* a value at a place */
	EV_RULE_APPEND,	/* values to the array at a place */
	EV_RULE_REMOVE,	/* a place, or equal elements of the array there */
	EV_RULE_ADD,	/* a number to the number at a place */
	EV_RULE_MAX,	/* the greater of two values stays at a place */
	EV_RULE_RENAME,	/* the entity's id, or the key at a place */
	EV_RULE_RATIO,	/* one number of the state through another */
	EV_RULE_OPS
};

/* A rule; NULL is for what was not given. */
struct ev_rule {
	const char	*type;	/* patterns (text/glob.h); NULL: any */
	const char	*when;	/* an expression (filter/expr.h) */
	const char	*state;	/* a JSON object of path: value that the state
				 * has now; null: is not there, or null */
	bool		 first;	/* only the event that makes the entity */
	bool		 unique; /* append: not what is there already */
	enum ev_rule_op	 op;
	const char	*at;	/* the place in the state (fold/spot.h) */
	const char	*from;	/* fields of the event (fold/origin.h) */
	const char	*value;	/* or a JSON constant */
	const char	*by;	/* ratio: a place; from is one, too */
	unsigned	 line;	/* of the file, 0: none */
};

struct ev_rule_table {
	const char		*view;	/* "issues" */
	const char		*dialect; /* patterns of names; NULL: any */
	const char		*type;	/* patterns; NULL: any */
	const char		*entity; /* fields; of an array each element */
	const struct ev_rule	*rule;
	size_t			 count;
	unsigned		 line;
};

struct ev_rules {
	const char			*name;	/* of messages: the file */
	const struct ev_rule_table	*table;
	size_t				 count;
	struct ev_rules_own		*own;	/* NULL: static */
	bool				 ledgers; /* Brewva's (ledger/) too */
};

/* What an operation takes. */
enum ev_rule_need { EV_RULE_NEVER, EV_RULE_MAY, EV_RULE_MUST };
struct ev_rule_kind {
	const char		*name;
	enum ev_rule_need	 at, value;	/* value: from or value */
};
extern const struct ev_rule_kind ev_rule_kinds[EV_RULE_OPS];

/* The operation of a name, or -1. */
int	ev_rule_op_of(struct ev_slice name);

/* Appends all that changes what the rules do, in one spelling. */
void	ev_rules_print(const struct ev_rules *rules, struct ev_buf *out);

#endif
