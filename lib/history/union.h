/*
 * union: what either of two copies of a log has, in one order: git's merge
 * driver (3-commands 3.8).
 *
 * Lines with the same id and bytes become one.  Of equal lines without an id
 * there are as many as in the copy that has more of them: each may be an event
 * of its own.  Damaged lines stay, at the end; blank ones, which say nothing,
 * do not.  The order is (time, id, bytes), lines without a time last.  So the
 * result is the same with the copies swapped, and merging it again with either
 * changes nothing.  A line that a tombstone stands for (ev-fsck(1), --redact) is
 * not brought back.  It is a function of the two files alone: dialects of the
 * user's, which another clone may not have, are not asked.
 */
#ifndef EV_HISTORY_UNION_H
#define EV_HISTORY_UNION_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct ev_union {
	size_t		lines;		/* of the result */
	size_t		clashes;	/* ids whose lines differ: all are kept */
	struct ev_buf	clash;		/* the first of them */
};

/*
 * Puts the union of both files in the place of the first, at once.  Memory: 24
 * bytes a line and about 40 and its id an event, whatever the lines' length.  0;
 * -1: the first file is as it was.  result->clash is the caller's.
 */
int	ev_union(const char *ours, const char *theirs, struct ev_union *result,
	    struct ev_err *err);

#endif
