/*
 * baseline: the fingerprints that were known before.
 */
#ifndef EV_FP_BASELINE_H
#define EV_FP_BASELINE_H

#include "read/sources.h"

struct ev_baseline {
	struct ev_sources	 sources;
	struct ev_inputs	*inputs;	/* that they are of, or NULL */
};

/*
 * Opens what a name means to readers, a file with its segments, a directory;
 * or, when nothing has that name, the log as it was at a git revision; log is
 * the path of the log.  0, or -1: nothing is open.  say is told which of
 * several files could not be opened.  For ev_baseline_close.
 */
int	ev_baseline_open(struct ev_baseline *baseline, const char *name,
	    const char *log, const struct ev_say *say, struct ev_err *err);
void	ev_baseline_close(struct ev_baseline *baseline);

#endif
