/*
 * roster: the list of cursors as people and programs read it (--cursors).
 */
#ifndef EV_TAIL_ROSTER_H
#define EV_TAIL_ROSTER_H

#include "base/buf.h"
#include "base/err.h"
#include "tail/behind.h"

/*
 * Appends the list; format NULL: columns for people; jsonl, csv, tsv.
 * now: ms since 1970.  -1: no such format.
 */
int	ev_roster_print(const struct ev_behind *behind, const char *format,
	    int64_t now, struct ev_buf *out, struct ev_err *err);

#endif
