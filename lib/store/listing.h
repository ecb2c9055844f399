/*
 * listing: which day files a private directory holds.
 */
#ifndef EV_STORE_LISTING_H
#define EV_STORE_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/dir.h"

struct ev_listing {
	int32_t	*day;		/* in order; EV_PART_REJECTED first */
	size_t	 count;
	bool	 packed;	/* there are compressed ones too */
};

/*
 * Lists the partitions' plain files.  tidy: removes what a rebuild that was
 * killed left behind (*.tmp).  0 or -1; release with ev_listing_clear.
 */
int	ev_listing_read(struct ev_listing *listing, const struct ev_dir *dir,
	    bool tidy, struct ev_err *err);
void	ev_listing_clear(struct ev_listing *listing);

/* Adds a day unless it is there; keeps the order. */
void	ev_listing_add(struct ev_listing *listing, int32_t day);

#endif
