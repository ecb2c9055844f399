/*
 * gather: the events of the inputs, into a forest.
 */
#ifndef EV_TREE_GATHER_H
#define EV_TREE_GATHER_H

#include "read/reading.h"
#include "tree/caption.h"
#include "tree/forest.h"
#include "tree/label.h"

/* What of an event a tree is made of. */
struct ev_gather {
	/* the caller's */
	const char	*path;		/* --link, or NULL */
	int		 group;		/* role by which events are grouped, or
					 * -1 */
	bool		 by_time;	/* else as the lines stand */
	/* what to keep of the matching events' labels, or NULL */
	const struct ev_labels	*labels;
	struct ev_captions	*captions;
	/* fields of the model, from ev_gather_want on; -1: none */
	int		 caused_by, link;
};

/* Wants of the model, not yet sealed, what a tree needs.  -1: a wrong path. */
int	ev_gather_want(struct ev_gather *gather, struct ev_model *model,
	    struct ev_err *err);

/*
 * Reads all events of all sources (settling them) into the forest, marks those
 * that match, and puts them in order.  0, or -1 when anything failed, all of
 * which was told.
 */
int	ev_gather_run(const struct ev_gather *gather,
	    const struct ev_reading *reading, struct ev_source *sources,
	    size_t count, struct ev_forest *forest);

#endif
