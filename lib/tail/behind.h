/*
 * behind: the cursors of a log and how far they are behind its end.
 */
#ifndef EV_TAIL_BEHIND_H
#define EV_TAIL_BEHIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "input/source.h"
#include "read/reading.h"
#include "tail/cursor.h"
#include "tail/shelf.h"

struct ev_standing {
	char		*name;
	struct ev_mark	 mark;		/* as it was recorded */
	const char	*state;		/* "ok"; "lost": it is nowhere in the
					 * log, all of it is unread; "damaged":
					 * so is its file */
	bool		 used;		/* somebody reads from it */
	uint64_t	 offset;	/* where it is in the log now */
	uint64_t	 events, bytes;	/* behind; events that match */
};

struct ev_behind {
	struct ev_standing	*v;	/* by name */
	size_t			 n;
	const struct ev_filter	*filter;
};

/*
 * All cursors of a log, which is open as *source (seekable; its size is taken
 * as the end).  The model wants EV_ID; the reading's start is changed.  0, or
 * -1; to be cleared in any case.
 */
int	ev_behind_read(struct ev_behind *behind, struct ev_shelf *shelf,
	    struct ev_source *source, struct ev_reading *reading,
	    struct ev_err *err);
void	ev_behind_clear(struct ev_behind *behind);

#endif
