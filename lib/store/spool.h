/*
 * spool: where events wait whose store cannot be written
 * (3-commands 3.2, --best-effort).
 *
 * $XDG_STATE_HOME/ev/spool (~/.local/state/ev/spool) holds one directory per
 * store, named by the SHA-256 of the log's path, in it a file per entry
 * (store/parcel.h), named by its time and chance; what ends in .tmp is not
 * finished.  All are the user's alone: directories 0700, files 0600; links, and
 * directories that others own or may write, are refused.
 */
#ifndef EV_STORE_SPOOL_H
#define EV_STORE_SPOOL_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/entry.h"
#include "store/place.h"

/* What one store may leave there. */
#define EV_SPOOL_BYTES	(64u << 20)
#define EV_SPOOL_FILES	10000

#define EV_SPOOL_NAME	34	/* of an entry, with its NUL */

/*
 * Puts the entries, which have their ids, into one file and gives its name.
 * 0; -1: they are not there; the message says why.
 */
int	ev_spool_put(const struct ev_place *place,
	    const struct ev_entry *entries, size_t count,
	    char name[EV_SPOOL_NAME], struct ev_err *err);
/* Takes one out again.  0; -1: it may be there still. */
int	ev_spool_remove(const struct ev_place *place, const char *name);

/*
 * The directory of a store: a descriptor, *path its name (appended).  -1: it
 * is refused or cannot be opened; with errno ENOENT: nothing waits.
 */
int	ev_spool_open(const struct ev_place *place, struct ev_buf *path,
	    struct ev_err *err);

/* Is this the name of an entry? */
bool	ev_spool_named(const char *name);

#endif
