/*
 * follow: what is there, then what comes, without a gap and without a repeat
 * (2-store 2.5).
 */
#ifndef EV_TAIL_FOLLOW_H
#define EV_TAIL_FOLLOW_H

#include <stdint.h>

#include "read/inputs.h"
#include "tail/consume.h"
#include "tail/job.h"

struct ev_follow {
	struct ev_inputs	*inputs;	/* made with `coming` */
	bool			 unlimited;	/* -n was not given: of a pipe all
						 * is wanted, as it comes */
	bool			 wait;		/* for one event behind the job's
						 * start */
	bool			 from_end;	/* wait: behind what is there */
	struct ev_consume	*consume;	/* of the one input from its
						 * cursor on; or NULL */
	int64_t			 until;		/* wait: of ev_clock_mono; 0: ever */
	bool			 late;		/* that came */
	int			 signal;	/* that ended it; 0: none.  SIGPIPE:
						 * nobody reads the output */
};

/*
 * Prints what the job takes of what the inputs hold, as ev_tail_run does, then
 * events as they are written, each with one write per wake-up, until a signal
 * comes or nothing can come any more.  The job's sink has no pager.  0, or -1
 * when anything failed, all of which was told.
 */
int	ev_follow_run(struct ev_tail *tail, struct ev_follow *follow);

#endif
