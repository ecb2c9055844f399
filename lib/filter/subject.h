/*
 * subject: where the values of a comparison come from.
 */
#ifndef EV_FILTER_SUBJECT_H
#define EV_FILTER_SUBJECT_H

#include <stdbool.h>
#include <time.h>

#include "base/err.h"
#include "event/event.h"
#include "filter/lex.h"

/* What compiling an expression needs to know. */
struct ev_scope {
	struct ev_model	*model;	/* not yet sealed */
	struct timespec	 now;
	bool		 utc;	/* times without a zone are UTC */
};

enum ev_subject_source {
	EV_FROM_ROLE,
	EV_FROM_PATH,
	EV_FROM_ID,		/* the role, with its derived form */
	EV_FROM_LEVEL,		/* the role, by the type when there is none */
	EV_FROM_TIME,		/* the role, as a time */
	EV_FROM_DIALECT,	/* the dialect's name */
	EV_FROM_CATEGORY,
	EV_FROM_RAW		/* the whole line */
};

struct ev_subject {
	enum ev_subject_source source;
	enum ev_role	 role;	/* EV_FROM_ROLE, _ID, _LEVEL, _TIME */
	int		 path;	/* EV_FROM_PATH: its number in the model */
};

/*
 * The field that a word names: a role, "dialect", "category" or "raw", else a
 * path; always a path in quotes or behind a ".".  What it needs is wanted of
 * the model.  -1: not a path; the message has the column.
 */
int	ev_subject_find(struct ev_subject *field, const struct ev_scope *scope,
	    const struct ev_lex_word *token, struct ev_err *err);

/* A number by its role, also where a line has it as a string. */
bool	ev_subject_numeric(const struct ev_subject *field);
/* Every value stands in the line itself, whatever the dialect: none of them is
 * computed, none compares as a number or a time by its role. */
bool	ev_subject_stored(const struct ev_subject *field);

#endif
