/*
 * outlet: output of which it is known how far its reader took it.
 *
 * What is written to a pipe is not read yet.  A batch counts as taken when the
 * pipe is empty again; and since its last event is written only when the
 * others were taken, whoever takes that has come back for more, and is through
 * with the others.
 */
#ifndef EV_TAIL_OUTLET_H
#define EV_TAIL_OUTLET_H

#include <stdbool.h>

#include "out/sink.h"
#include "tail/batch.h"

struct ev_outlet {
	struct ev_sink	*sink;	/* the caller's */
	bool		 pipe;
	bool		 gone;	/* nobody reads any more */
};

/* The sink is open and has no pager. */
void	ev_outlet_open(struct ev_outlet *outlet, struct ev_sink *sink);

/* Gives a batch: 1 it was taken (to a file: written); 0 it was not, because a
 * signal came (read/stop.h) or the reader is gone; -1. */
int	ev_outlet_give(struct ev_outlet *outlet, const struct ev_batch *batch,
	    struct ev_err *err);

#endif
