/*
 * backward: the matches of one seekable source from its end.
 */
#ifndef EV_TAIL_BACKWARD_H
#define EV_TAIL_BACKWARD_H

#include "input/source.h"
#include "input/tally.h"
#include "tail/job.h"

/*
 * Prints the last matches of a source, reading no more than it must; in log
 * order unless the job is reverse.  The limit is "all" (only when reverse) or
 * "the last n"; repeats are not dropped.
 */
int	ev_tail_backward(struct ev_tail *tail, struct ev_source *source,
	    struct ev_tally *tally, struct ev_err *err);

#endif
