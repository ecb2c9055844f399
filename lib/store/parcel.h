/*
 * parcel: events that wait for their store, as the text of a file.
 *
 *	ev-spool 1 /path/of/.events.jsonl
 *	KIND DIALECT LINE
 *	...
 *
 * Bytes of the path that are no printing ASCII, blanks and % stand as %XX.
 * KIND tells the event from one that is there (store/entry.h): "id" by its id
 * alone, "line" by its id and content, a number: the how-manieth of equal
 * lines it is.  "given DIALECT BYTES" before a "line" is what of it counts as
 * content.
 */
#ifndef EV_STORE_PARCEL_H
#define EV_STORE_PARCEL_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/entry.h"
#include "store/place.h"

/* Appends the first line. */
void	ev_parcel_head(const struct ev_place *place, struct ev_buf *text);
/* Appends an entry; an EV_NEW_* one has its id. */
void	ev_parcel_add(const struct ev_entry *entry, struct ev_buf *text);

/* Entries that were read, with the memory they point to. */
struct ev_slip {
	struct ev_buf	id, given;
};

struct ev_parcels {
	struct ev_entry	*entry;
	struct ev_slip	*slip;	/* beside entry */
	size_t		 n, cap;
	size_t		 bytes;	/* of the lines */
};

#define EV_PARCELS_INIT { NULL, NULL, 0, 0, 0 }

/*
 * Adds the entries of a text, which must be one for this place, strictly: every
 * line is an event that may be written.  -1: it is not, and nothing was added.
 */
int	ev_parcel_read(const struct ev_place *place, struct ev_slice text,
	    struct ev_parcels *parcels, struct ev_err *err);
/* Forgets the entries; clear frees the memory, too. */
void	ev_parcels_reset(struct ev_parcels *parcels);
void	ev_parcels_clear(struct ev_parcels *parcels);

#endif
