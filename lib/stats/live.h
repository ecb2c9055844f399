/*
 * live: a table that is shown again whenever its logs have changed (-f).
 */
#ifndef EV_STATS_LIVE_H
#define EV_STATS_LIVE_H

#include "read/inputs.h"
#include "read/reading.h"
#include "stats/run.h"

#define EV_LIVE_PAUSE 200	/* ms between two tables, at least */

struct ev_live {
	struct ev_stats		*stats;
	struct ev_report_scope	*scope;	/* its now moves on */
	const struct ev_reading	*reading;
	const struct ev_inputs	*inputs;
	/* Shows the table of such stats, which it may use up.  -1: enough. */
	int			(*show)(void *arg, struct ev_stats *stats);
	void			*arg;
	struct ev_live_log	*log;	/* its own */
};

/*
 * Shows the table of what there is, and again after each change, until a signal
 * comes (gives it) or show has enough (0).  A log that becomes another one is
 * told, and all is counted anew.  -1: an input cannot be followed; *err has
 * why.
 */
int	ev_live_run(struct ev_live *live, struct ev_err *err);

#endif
