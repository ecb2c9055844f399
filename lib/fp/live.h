/*
 * live: fingerprints of events as they are written (ev-fp -f).
 */
#ifndef EV_FP_LIVE_H
#define EV_FP_LIVE_H

#include "fp/dedupe.h"
#include "fp/each.h"
#include "tail/follow.h"

struct ev_fp_live {
	/* The caller's. */
	const struct ev_each	*each;		/* reading, way, sink; event()
						 * unless dedupe */
	struct ev_sights	*sights;	/* of dedupe: with lines */
	struct ev_dedupe	*dedupe;	/* begun; NULL: each event */
	struct ev_inputs	*inputs;	/* made with `coming` */

	uint64_t		 matches;
	bool			 broken;	/* output failed, which was told */
	int			 signal;	/* that ended it; 0: none */
};

/*
 * Prints of what the inputs hold, then of what comes, until a signal comes or
 * nothing can come any more.  With several inputs the model wants EV_ID and
 * EV_TIME.  0, or -1 when anything failed, all of which was told.
 */
int	ev_fp_live_run(struct ev_fp_live *live);

#endif
