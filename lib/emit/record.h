/*
 * record: the queue gets into the log, and the caller hears and sees what
 * became of it.
 */
#ifndef EV_EMIT_RECORD_H
#define EV_EMIT_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "emit/ordinal.h"
#include "emit/queue.h"
#include "store/store.h"

/* The way to the caller's standard error and output. */
struct ev_record_to {
	void	(*say)(void *arg, const char *text);	/* a message, no LF */
	void	(*print)(void *arg, const void *p, size_t n);
	void	(*flush)(void *arg);
	void	*arg;
};

struct ev_record {
	/* The caller's. */
	struct ev_place		*place;
	struct ev_store_options	 options;
	struct ev_record_to	 to;
	bool			 dry_run;	/* write nothing */
	bool			 lines;		/* print lines, else ids */
	bool			 terminal;	/* lines go to one */
	bool			 quiet;		/* print nothing */
	bool			 verbose;
	bool			 best_effort;	/* what cannot be written goes
						 * to the spool */
	struct ev_err		 refused;	/* why there is no store to
						 * open; "" there is one */

	struct ev_queue		 queue;		/* to be filled */
	struct ev_store		*store;		/* NULL: not open */
	size_t			 conflicts;	/* EV_REFUSED ones so far */
	size_t			 same;		/* EV_SAME ones so far */
	struct ev_ordinals	 ordinals;	/* best_effort, atomic: of lines
						 * without an id */
};

/* A message to the caller. */
void	ev_record_say(const struct ev_record *record, const char *fmt, ...)
	    __attribute__((format(printf, 2, 3)));

/* Opens the store where it is not open.  0 or -1. */
int	ev_record_open(struct ev_record *record, struct ev_err *err);

/* The options have other moments than when the store was opened. */
void	ev_record_until(struct ev_record *record);

/*
 * Writes the queue, which is empty after that; prints the ids (or lines) of
 * what is in the log and says what is not plainly written.  0; -1: as
 * ev_store_write.  With best_effort what cannot be written waits in the spool
 * (store/spool.h), which is said, and -1 means that it is lost.
 */
int	ev_record_commit(struct ev_record *record, struct ev_err *err);

#endif
