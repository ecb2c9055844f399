/*
 * blob: the log as it is in a commit, and its lines.
 */
#ifndef EV_HISTORY_BLOB_H
#define EV_HISTORY_BLOB_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * Reads the file `path` (from the work tree's root on) of a revision into *out
 * (reset first), with EV_SCAN_PAD bytes behind it as ev_scan_line wants them.
 * rev "" is the index.  1; 0: it has no such file; -1: nor is there such a
 * revision.
 */
int	ev_blob_read(const char *rev, const char *path, struct ev_buf *out,
	    struct ev_err *err);

/* Cuts the next line that is not empty off, without its LF; false at the end.
 */
bool	ev_blob_line(struct ev_slice *text, struct ev_slice *line);

/* Does the text have this line? */
bool	ev_blob_has(struct ev_slice text, struct ev_slice line);

#endif
