/*
 * places: where the matches of a block stand, and whether they are in replay
 * order already.
 */
#ifndef EV_READ_PLACES_H
#define EV_READ_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/event.h"
#include "input/order.h"

struct ev_places {
	struct ev_item	*v;
	size_t		 n, cap;
	uint64_t	 bytes;		/* of their lines, each with an LF */
	bool		 sorted;	/* each stands where replay has it */
	bool		 repeats;	/* sorted, and a line equals the last */
	bool		 whole;		/* nothing stands between them */
	const char	*line;		/* the last one, in the block's memory */
	struct ev_event	*before;	/* scratch */
};

/* model wants EV_ID and EV_TIME. */
void	ev_places_init(struct ev_places *places, const struct ev_model *model);
void	ev_places_clear(struct ev_places *places);
/* A new block begins. */
void	ev_places_reset(struct ev_places *places);

/*
 * The next match of the block, at byte `offset` of a source.  Of two lines of
 * one time that do not stand in the same memory it is not said that they are
 * sorted.
 */
void	ev_places_add(struct ev_places *places, size_t source,
	    struct ev_event *ev, uint64_t offset);

#endif
