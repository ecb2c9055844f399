/*
 * seek: the node that people mean by an id.
 */
#ifndef EV_TREE_SEEK_H
#define EV_TREE_SEEK_H

#include "base/err.h"
#include "event/event.h"
#include "input/again.h"
#include "tree/forest.h"

/*
 * "@last", "@last:GLOBS" and "@-3" count from the end of the last input; else
 * an id, or what six or more characters of one id begin with; ids that events
 * name as parents and no event has are ids, too.  ev: of a model
 * that wants EV_ID and EV_TYPE.  1; 0: there is none (the message says so);
 * -1: several, an unknown @word, or a line could not be read.
 */
int	ev_forest_seek(const struct ev_forest *forest, struct ev_again *again,
	    struct ev_event *ev, const char *text, uint32_t *node,
	    struct ev_err *err);

#endif
