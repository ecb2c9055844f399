/*
 * shelf: where the cursors of a log are kept.
 *
 * Those of a store are in cursors/ of its private directory (2-store 2.1,
 * 2.7); those of any other log below $XDG_STATE_HOME/ev/cursors, in a directory
 * named by the SHA-256 of the log's real path.
 */
#ifndef EV_TAIL_SHELF_H
#define EV_TAIL_SHELF_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/err.h"
#include "store/dir.h"
#include "store/place.h"

#define EV_CURSOR_NAME 64	/* bytes of a cursor's name, at most */

struct ev_shelf {
	struct ev_place	 own;		/* of an operand that is a store's log */
	struct ev_dir	 dir;		/* of the store; place NULL: no store */
	char		*path;		/* the directory, for messages */
};

/*
 * The shelf of the log `log`; place is the store's, or NULL when a file was
 * named (it may be a store's log all the same).  Nothing is made.  0 or -1.
 */
int	ev_shelf_open(struct ev_shelf *shelf, const char *log,
	    struct ev_place *place, struct ev_err *err);
void	ev_shelf_close(struct ev_shelf *shelf);

/* May a cursor be called so: letters, digits and . _ - + @, the first none of
 * . - + */
bool	ev_shelf_name_ok(const char *name);

/*
 * Opens a cursor's file, never through a link; with O_CREAT in flags what is
 * missing is made, with the log's mode.  st is filled.  -1 with errno; without
 * O_CREAT ENOENT: there is none.
 */
int	ev_shelf_file(struct ev_shelf *shelf, const char *name, int flags,
	    struct stat *st, struct ev_err *err);
int	ev_shelf_remove(struct ev_shelf *shelf, const char *name,
	    struct ev_err *err);

/* The names of all cursors there, sorted, malloced one by one and as a whole.
 * Their number, or -1. */
int	ev_shelf_list(struct ev_shelf *shelf, char ***names,
	    struct ev_err *err);

#endif
