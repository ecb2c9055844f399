/*
 * layout: how the files of a store are called, and where in a directory a
 * log may stand (2-store 2.1, 2.7).
 */
#ifndef EV_STORE_LAYOUT_H
#define EV_STORE_LAYOUT_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/err.h"

/* The private directory of a log: "N" for "N.jsonl", else "NAME.d". */
char	*ev_layout_priv(const char *log);
/* Its feed: beside events.jsonl itself, else in the private directory. */
char	*ev_layout_feed(const char *log);

/* Where a log stands below a directory. */
struct ev_spot {
	const char	*sub;	/* "" or ".beads" */
	const char	*log;	/* its name there */
	bool		 paired; /* counts only beside its private directory */
};

/* The order on the way up, and the order inside a directory that was named;
 * both end with a spot whose log is NULL. */
extern const struct ev_spot ev_spots_found[], ev_spots_named[];

/*
 * Looks for the first spot that holds something.  careful (what stat says of
 * dir, or NULL): what another user could have put there does not count (2.7),
 * and a link on the way is an error.  1 and *which, 0 none, -1.
 */
int	ev_spot_in(const char *dir, const struct ev_spot *spots,
	    const struct stat *careful, const struct ev_spot **which,
	    struct ev_err *err);

/*
 * May a log be made or used in a directory that was not named: what stands
 * there already must be the user's.  *exists: a log stands there.  0 or -1.
 */
int	ev_spot_own(const char *dir, const char *log, bool *exists,
	    struct ev_err *err);

/* dir, "/", name (or dir alone when name is empty), malloced. */
char	*ev_layout_join(const char *dir, const char *name);

#endif
