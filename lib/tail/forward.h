/*
 * forward: the matches of one source from front to end, on all cores.
 */
#ifndef EV_TAIL_FORWARD_H
#define EV_TAIL_FORWARD_H

#include "input/source.h"
#include "input/tally.h"
#include "tail/job.h"

/*
 * Prints or counts the matches of a source as the job says; adds to its
 * matches.  With a lower bound of time reading begins where the bound may
 * first be met (input/probe.h); of such a source no line numbers are known.
 */
int	ev_tail_forward(struct ev_tail *tail, struct ev_source *source,
	    struct ev_tally *tally, struct ev_err *err);

/* Runs a pass with the job's limits and probing; its functions and arg are the
 * caller's. */
struct ev_pass;
int	ev_tail_pass(struct ev_tail *tail, struct ev_pass *pass,
	    struct ev_source *source, struct ev_tally *tally,
	    struct ev_err *err);

#endif
