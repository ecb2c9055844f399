/*
 * several: the matches of more than one source in replay order.
 */
#ifndef EV_TAIL_SEVERAL_H
#define EV_TAIL_SEVERAL_H

#include "read/sorted.h"
#include "tail/job.h"

/* Sorts what was read, and prints what the job's limit takes of it; adds to the
 * job's matches. */
int	ev_tail_several(struct ev_tail *tail, struct ev_sorted *sorted,
	    struct ev_err *err);

#endif
