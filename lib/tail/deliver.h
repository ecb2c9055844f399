/*
 * deliver: batches as the standard input of a command (--deliver).
 */
#ifndef EV_TAIL_DELIVER_H
#define EV_TAIL_DELIVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "read/say.h"
#include "tail/batch.h"

#define EV_DELIVER_TRIES 5	/* unless it is to be tried for ever */

struct ev_deliver {
	const char		*command;	/* for sh -c */
	const struct ev_say	*say;		/* is told of each failure */
	bool			 forever;
};

/* Once, before the first batch, behind ev_stop_begin. */
void	ev_deliver_begin(void);

/*
 * Runs the command with the batch until it exits with 0, with pauses from 0.1 s
 * to a minute between.  The batch is a file: whether it is read to its end is
 * the command's affair.  A signal that ends us (read/stop.h) is passed on to
 * the command and all that it started, and its status still counts.  1; 0 a
 * signal came first; -1 given up.
 */
int	ev_deliver_give(const struct ev_deliver *deliver,
	    const struct ev_batch *batch, struct ev_err *err);

#endif
