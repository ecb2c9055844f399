/*
 * stretch: parts of sources whose matches are in replay order as they stand,
 * so that nothing of them is kept but where they begin and end.
 *
 * What is in no stretch is kept event by event in an order (input/order.h).
 * ev_stretches_arrange finds the stretches among which other events fall; these
 * are to be read again, into the order.  Behind that the stretches and the
 * order's items take turns.
 */
#ifndef EV_READ_STRETCH_H
#define EV_READ_STRETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "input/order.h"
#include "read/places.h"

struct ev_stretch {
	struct ev_item	 first, last;	/* its events; one source */
	uint64_t	 block;		/* blocks were counted up to it */
	uint64_t	 events;
	bool		 repeats, whole; /* of ev_places */
	bool		 open;		/* to be read again */
	size_t		 before;	/* items of the order in front of it */
};

struct ev_stretches {
	struct ev_stretch *v;
	size_t		 n, cap;
};

#define EV_STRETCHES_INIT { NULL, 0, 0 }

/* True when the matches of a block are better kept as a stretch; then
 * ev_stretches_add does. */
bool	ev_stretch_pays(const struct ev_places *places);
void	ev_stretches_add(struct ev_stretches *stretches, uint64_t block,
	    const struct ev_places *places);
void	ev_stretches_clear(struct ev_stretches *stretches);

/* Where the stretch begins and ends, without its last LF. */
uint64_t ev_stretch_from(const struct ev_stretch *stretch);
uint64_t ev_stretch_end(const struct ev_stretch *stretch);
/* True when b stands in the block behind a's. */
bool	ev_stretch_follows(const struct ev_stretch *a,
	    const struct ev_stretch *b);

/* Sorts the stretches and opens those among which others, or items of the
 * sorted order, fall.  *open: whether there is one.  0 or -1. */
int	ev_stretches_arrange(struct ev_stretches *stretches,
	    struct ev_order *order, bool *open, struct ev_err *err);
/* Drops the open ones, and finds where the others stand in the sorted order.
 * 0 or -1. */
int	ev_stretches_place(struct ev_stretches *stretches,
	    struct ev_order *order, struct ev_err *err);

#endif
