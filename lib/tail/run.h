/*
 * run: the whole of it: opens what was named, reads, prints.
 */
#ifndef EV_TAIL_RUN_H
#define EV_TAIL_RUN_H

#include "read/sources.h"
#include "tail/job.h"

/*
 * Reads the inputs and prints what the job takes of them, with what stands
 * before the events, or their number: one input in its own order, several in
 * replay order (the model then wants EV_ID and EV_TIME).  An input that cannot
 * be read is told, and the others are gone on with.  0, or -1 when anything
 * failed, all of which was told.
 */
int	ev_tail_run(struct ev_tail *tail, const struct ev_inputs *inputs);

/*
 * The same for sources that are open: `several` is how they are taken when
 * there may be more of them.
 */
int	ev_tail_sources(struct ev_tail *tail, struct ev_source *sources,
	    size_t count, bool several);

#endif
