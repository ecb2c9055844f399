/*
 * wrap: a command runs, and one event tells of it (3-commands 3.2, --exec).
 *
 * All that can be refused is refused before the command starts.  The event has
 * its id from then on, for the command to name as the cause of what it emits;
 * its line is written when the command has ended.
 */
#ifndef EV_EMIT_WRAP_H
#define EV_EMIT_WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "emit/given.h"
#include "emit/ran.h"
#include "emit/record.h"

struct ev_wrap {
	/* The caller's. */
	struct ev_given		*given;
	struct ev_record	*record;
	const char		*type, *on_error; /* NULL: no other type */
	char			**fields;
	size_t			 count;
	struct ev_exec_signals	 signals;	/* as they were */

	struct ev_said_ran	 ran;		/* argv, raw: the caller's */
	char			 id[EV_IDENT_SIZE]; /* as in an entry; or "" */
};

/*
 * Before the command: tries the event, as it would be after either end, opens
 * the store, puts EV_CAUSED_BY, EV_CORRELATION and EV_SESSION into our
 * environment.  Files that fields name are read.  -1: the event cannot be
 * written, for the reason in *err.
 */
int	ev_wrap_begin(struct ev_wrap *wrap, struct ev_err *err);

/* Runs the command; ran.end then tells of it. */
void	ev_wrap_run(struct ev_wrap *wrap);

/* Writes the event.  1; 0: its level is not kept; -1: it is not in the log. */
int	ev_wrap_end(struct ev_wrap *wrap, struct ev_err *err);

#endif
