/*
 * segments: are the older parts of a log there, and is all in the log that was
 * put into them?
 */
#ifndef EV_FSCK_SEGMENTS_H
#define EV_FSCK_SEGMENTS_H

#include "base/err.h"
#include "fsck/finding.h"
#include "fsck/lack.h"
#include "fsck/shot.h"

/*
 * Adds what is wrong: a segment that is missing or too short, files that only
 * look like one.  What stands behind the end of a segment is looked for in the
 * log: lack's own function is called, *file is its file meanwhile.  0 or -1.
 */
int	ev_segments_check(struct ev_shot *shot, struct ev_lack *lack,
	    const char **file, struct ev_findings *findings,
	    struct ev_err *err);

/* The file that holds a byte of the log, as people know it, malloced. */
char	*ev_segments_file(const struct ev_shot *shot, uint64_t at);

#endif
