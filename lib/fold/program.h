/*
 * program: rules, compiled onto a model.
 */
#ifndef EV_FOLD_PROGRAM_H
#define EV_FOLD_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "event/event.h"
#include "filter/expr.h"
#include "fold/node.h"
#include "fold/origin.h"
#include "fold/rules.h"
#include "json/path.h"
#include "text/glob.h"

/* A place that must have a value now; null: no value, or null. */
struct ev_proviso {
	struct ev_path	at;
	struct ev_node	is;
};

struct ev_program_rule {
	const struct ev_rule	*rule;
	size_t			 table;
	struct ev_globs		*type;		/* NULL: any */
	struct ev_expr		*when;
	struct ev_proviso	*state;
	size_t			 provisos;
	struct ev_path		 at;
	struct ev_origin	*from;		/* NULL: constant, or ratio */
	struct ev_node		 constant;
	struct ev_path		 above, by;	/* ratio */
};

struct ev_program_table {
	unsigned		 view;
	struct ev_globs		*dialect, *type; /* NULL: any */
	struct ev_origin	*entity;
};

struct ev_program {
	struct ev_program_table	*table;
	struct ev_program_rule	*rule;
	size_t			 tables, rules;
	const char		**view;		/* names, NULL behind them */
	size_t			 views;
	bool			*ratios;	/* by view: it has some */
	bool			*renames;	/* by view: entities take other
						 * ids */
};

/*
 * The rules and what they point to must stay.  Wants of the model what they
 * need (it is not yet sealed).  NULL: "FILE:LINE: what is wrong".
 */
struct ev_program *ev_program_new(const struct ev_rules *rules,
	    struct ev_model *model, struct ev_err *err);
void	ev_program_free(struct ev_program *program);

#endif
