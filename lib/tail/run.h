/*
 * run: the whole of it: opens what was named, reads, prints.
 */
#ifndef EV_TAIL_RUN_H
#define EV_TAIL_RUN_H

#include <stdbool.h>

#include "tail/inputs.h"
#include "tail/job.h"

/* How the caller is told what happens on the way. */
struct ev_tail_say {
	void	(*fn)(void *arg, const char *text);
	void	*arg;
	bool	 quiet;		/* nothing of damaged lines, no progress */
	bool	 verbose;	/* lines read, of each input */
};

/*
 * Reads the inputs and prints what the job takes of them, with what stands
 * before the events, or their number: one input in its own order, several in
 * replay order (the model then wants EV_ID and EV_TIME).  An input that cannot
 * be read is told, and the others are gone on with.  0, or -1 when anything
 * failed, all of which was told.
 */
int	ev_tail_run(struct ev_tail *tail, const struct ev_inputs *inputs,
	    const struct ev_tail_say *say);

#endif
