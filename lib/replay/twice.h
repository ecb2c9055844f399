/*
 * twice: ids that stand in several different lines (4-views 4.1: all of them
 * are kept, and it is told with -v).
 */
#ifndef EV_REPLAY_TWICE_H
#define EV_REPLAY_TWICE_H

#include "event/event.h"
#include "read/say.h"

struct ev_twice;

struct ev_twice *ev_twice_new(void);
void	ev_twice_free(struct ev_twice *twice);

/* The next of distinct lines (the model wants EV_ID); of an id that was there
 * already it is told, once. */
void	ev_twice_add(struct ev_twice *twice, struct ev_event *ev,
	    const struct ev_say *say);

#endif
