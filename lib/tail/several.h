/*
 * several: the matches of more than one source in replay order.
 *
 *	m = ev_several_new(tail, sources, count);
 *	for (i = 0; i < count; i++)
 *		ev_several_read(m, i, &tally, &err);
 *	ev_several_print(m, &err);
 *
 * Nothing but the places of the matches is kept in memory.
 */
#ifndef EV_TAIL_SEVERAL_H
#define EV_TAIL_SEVERAL_H

#include "input/source.h"
#include "input/tally.h"
#include "tail/job.h"

struct ev_several;

/* The sources stay the caller's, open until ev_several_free.  The model wants
 * EV_ID and EV_TIME. */
struct ev_several *ev_several_new(struct ev_tail *tail,
	    struct ev_source *sources, size_t count);
void	ev_several_free(struct ev_several *several);

/* Reads one source (settling it first).  After -1 what it gave so far stays. */
int	ev_several_read(struct ev_several *several, size_t source,
	    struct ev_tally *tally, struct ev_err *err);
/* Sorts, and prints what the job's limit takes; adds to the job's matches. */
int	ev_several_print(struct ev_several *several, struct ev_err *err);

#endif
