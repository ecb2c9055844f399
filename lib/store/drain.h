/*
 * drain: what waits in the spool of a store, taken out in its order.
 *
 *	if (ev_drain_begin(&drain, place))
 *		while (ev_drain_next(&drain, &note) > 0) {
 *			write drain.parcels;
 *			ev_drain_done(&drain);
 *		}
 *	ev_drain_end(&drain);
 *
 * All under the store's lock, so that one process does it at a time.  One that
 * is killed before ev_drain_done leaves the files; the next finds by I6 that
 * their events are in the log.
 */
#ifndef EV_STORE_DRAIN_H
#define EV_STORE_DRAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/parcel.h"
#include "store/place.h"

struct ev_drain {
	const struct ev_place	*place;
	struct ev_parcels	 parcels;	/* what is to be written now */
	int			 fd;		/* of the directory, or -1 */
	struct ev_buf		 path;		/* of it */
	char			**name;		/* of the files, sorted */
	size_t			 count, from, to; /* of parcels: [from, to) */
};

/* False: nothing waits, or it is not ours to take; then it is ended. */
bool	ev_drain_begin(struct ev_drain *drain, const struct ev_place *place);

/*
 * Reads the next files, up to about 1 MiB.  1; 0: there are no more.  A file
 * that cannot be understood is set aside as NAME.bad, one that cannot be read
 * now waits on, and *note (may be empty) says so.
 */
int	ev_drain_next(struct ev_drain *drain, struct ev_err *note);
/* They are in the log: removes their files. */
void	ev_drain_done(struct ev_drain *drain);
void	ev_drain_end(struct ev_drain *drain);

#endif
