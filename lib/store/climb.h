/*
 * climb: the way up from the working directory to a log (2-store 2.7).
 */
#ifndef EV_STORE_CLIMB_H
#define EV_STORE_CLIMB_H

#include <stdbool.h>

#include "base/err.h"
#include "store/layout.h"

struct ev_climb {
	char	*start;		/* the working directory */
	char	*dir;		/* where the log was found, else where the
				 * climb ended */
	char	*last;		/* nothing found: the last directory that was
				 * looked into; NULL: not even start was */
	unsigned up;		/* steps from start to dir */
	char	*root;		/* of the git work tree; NULL: none was met */
	unsigned root_up;
	const struct ev_spot *spot;	/* what was found in dir */
};

#define EV_CLIMB_INIT { NULL, NULL, NULL, 0, NULL, 0, NULL }

/*
 * Looks in the working directory and upwards: not past the root of the git
 * work tree, $HOME or a mount point, and not into a directory that belongs to
 * neither the user nor root or may not be searched.  1 found, 0 not; -1, also
 * when that is the working directory.
 */
int	ev_climb(struct ev_climb *climb, struct ev_err *err);
void	ev_climb_clear(struct ev_climb *climb);

/* "../../name" for a file that many steps up, malloced. */
char	*ev_climb_shown(unsigned up, const char *sub, const char *name);

#endif
