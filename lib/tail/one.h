/*
 * one: the matches of a single source, the cheapest way.
 */
#ifndef EV_TAIL_ONE_H
#define EV_TAIL_ONE_H

#include "input/source.h"
#include "input/tally.h"
#include "tail/job.h"

/*
 * Prints or counts the matches of one source in log order, or the other way
 * round.  What is asked for from the end is read from the end when the source
 * allows it; to print in reverse a pipe is copied to a temporary file first.
 * 0, or -1: the message says why; what was found before is printed.
 */
int	ev_tail_one(struct ev_tail *tail, struct ev_source *source,
	    struct ev_tally *tally, struct ev_err *err);

#endif
