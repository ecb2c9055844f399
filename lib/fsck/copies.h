/*
 * copies: what of a redacted event stands outside the lines of its store: the
 * ends of lines in cursors, and what waits in the spool.
 */
#ifndef EV_FSCK_COPIES_H
#define EV_FSCK_COPIES_H

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "fsck/finding.h"
#include "store/place.h"

struct ev_copies {
	const struct ev_place	*place;		/* the caller's, as the next */
	const char		*id;
	struct ev_event		*event;		/* its model wants EV_ID, EV_TYPE,
						 * EV_TIME */
	struct ev_findings	*findings;
	struct ev_buf		 ends;		/* of lines, as cursors have
						 * them, each with a NUL */
};

/* Remembers the end of a line that goes. */
void	ev_copies_line(struct ev_copies *copies, struct ev_slice line);
void	ev_copies_clear(struct ev_copies *copies);

/*
 * Takes them out of cursors, once the tombstones stand, and removes cursors
 * that were set aside.  A cursor in use, and files in the spool that
 * nobody will write, are problems in findings.  0 or -1.
 */
int	ev_copies_clean(struct ev_copies *copies, struct ev_err *err);

#endif
