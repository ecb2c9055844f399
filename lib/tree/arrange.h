/*
 * arrange: the events of a forest in replay order (4-views 4.1).
 */
#ifndef EV_TREE_ARRANGE_H
#define EV_TREE_ARRANGE_H

#include <stdbool.h>
#include <time.h>

#include "base/err.h"
#include "event/model.h"
#include "input/source.h"
#include "tree/forest.h"

/* Puts a time, NULL: none, into the words of a branch. */
void	ev_arrange_time(const struct timespec *time,
	    uint32_t words[EV_FOREST_TIME]);

/*
 * Sets the order of a forest that is not yet ready: 4 bytes an event, 8 where
 * all stand in no order, none when it is that of their places.  Lines that
 * share their time with another are read again.  model wants EV_ID; sources as
 * ev_order_new has them.  0, or -1: a line could not be read.
 */
int	ev_arrange(struct ev_forest *forest, const struct ev_model *model,
	    const struct ev_source *sources, size_t count, struct ev_err *err);

#endif
