/*
 * complete: lines of standard input, validated and completed in their own
 * dialect (1-events 1.2, 1.3).
 *
 * Members that are missing are put in before the last brace, every other byte
 * stays.  A line of a dialect that is not native for writing is kept byte for
 * byte, and so is a feed line of Gas Town; a line that no dialect claims is
 * completed in the one that was given, or kept when the user's are not known.
 *
 * A line with an id or a time of its own is a record of something that was: it
 * gets what its dialect asks for and what options say.  A line with neither is
 * a new event, and the environment speaks for it too.
 */
#ifndef EV_EMIT_COMPLETE_H
#define EV_EMIT_COMPLETE_H

#include "base/err.h"
#include "emit/queue.h"
#include "emit/given.h"

struct ev_complete;

/* Borrows *given. */
struct ev_complete *ev_complete_new(struct ev_given *given);
void	ev_complete_free(struct ev_complete *complete);

/*
 * Makes an entry of one input line (without its LF; terms of ev_scan_line for
 * what stands behind).  1; 0: blank; 2: its level is not kept; -1: refused.
 */
int	ev_complete_line(struct ev_complete *complete, struct ev_slice line,
	    struct ev_entry *entry, struct ev_extra *extra,
	    struct ev_err *err);

#endif
