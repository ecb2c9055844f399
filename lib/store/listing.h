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
	int32_t	*packed;	/* those with a compressed file, in order */
	size_t	 npacked;
};

/*
 * Lists the partitions' plain and compressed files.  tidy: removes what a
 * rebuild that was killed left behind (*.tmp).  0 or -1; release with
 * ev_listing_clear.
 */
int	ev_listing_read(struct ev_listing *listing, const struct ev_dir *dir,
	    bool tidy, struct ev_err *err);
void	ev_listing_clear(struct ev_listing *listing);

/* Adds a day to those with a plain file unless it is there; keeps the order. */
void	ev_listing_add(struct ev_listing *listing, int32_t day);
/* Has the day a compressed file? */
bool	ev_listing_packed(const struct ev_listing *listing, int32_t day);

#endif
