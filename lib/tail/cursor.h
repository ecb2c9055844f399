/*
 * cursor: how far one reader of a log is, under a name, in a file that
 * outlives the reader (2-store 2.5).
 *
 * The file has two slots of 1024 bytes, each one line of JSON padded with
 * blanks; they are written in turn, each with one write in place, and the
 * newest sound one counts: a reader that is killed leaves the old record or
 * the new one.  Whoever reads on from a cursor holds a lock on its file.
 */
#ifndef EV_TAIL_CURSOR_H
#define EV_TAIL_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "tail/position.h"
#include "tail/shelf.h"

#define EV_CURSOR_SLOT 1024	/* bytes */

struct ev_mark {
	uint64_t	   seq;		/* 0: nothing was recorded yet */
	int64_t		   at;		/* when, ms since 1970 */
	struct ev_position pos;
};

struct ev_cursor {
	const char	*name;		/* the caller's */
	struct ev_shelf	*shelf;		/* the caller's */
	int		 fd;		/* locked */
	struct ev_mark	 mark;
	bool		 damaged;	/* there are records, none is sound */
};

/* The newest sound record of a file; seq 0 when there is none (*damaged: but
 * something stands there).  0, or -1 with errno. */
int	ev_mark_read(int fd, struct ev_mark *mark, bool *damaged);
/* Does another process read from the cursor with this file? */
bool	ev_cursor_used(int fd);

/*
 * Opens a cursor, and makes it when there is none: then all of the log is
 * unread.  -1: not a name, in use by another process, or not to be opened.
 */
int	ev_cursor_open(struct ev_cursor *cursor, struct ev_shelf *shelf,
	    const char *name, struct ev_err *err);
void	ev_cursor_close(struct ev_cursor *cursor);

/* Records cursor->mark.pos, with the store's name of its log.  0 or -1. */
int	ev_cursor_save(struct ev_cursor *cursor, struct ev_err *err);

/* Removes a cursor.  -1: there is none, or it is in use. */
int	ev_cursor_forget(struct ev_shelf *shelf, const char *name,
	    struct ev_err *err);

#endif
