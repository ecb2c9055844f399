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
 * matches.
 */
int	ev_tail_forward(struct ev_tail *tail, struct ev_source *source,
	    struct ev_tally *tally, struct ev_err *err);

#endif
