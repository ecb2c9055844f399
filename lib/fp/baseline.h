/*
 * baseline: the fingerprints that were known before.
 */
#ifndef EV_FP_BASELINE_H
#define EV_FP_BASELINE_H

#include "fp/group.h"

/*
 * Opens a file by its name or, when there is none, the log as it was at a git
 * revision; log is the path of the log.  0, or -1.  For ev_source_close.
 */
int	ev_baseline_open(struct ev_source *source, const char *name,
	    const char *log, struct ev_err *err);

#endif
