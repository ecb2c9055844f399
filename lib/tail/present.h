/*
 * present: what the files that are followed hold when following begins.
 */
#ifndef EV_TAIL_PRESENT_H
#define EV_TAIL_PRESENT_H

#include <stdbool.h>
#include <stddef.h>

#include "input/source.h"
#include "tail/files.h"

struct ev_present {
	struct ev_files		*files;
	struct ev_tail		*tail;
	bool			 unlimited, wait; /* as in ev_follow */
	bool			 once;		/* what is not there is an error */

	struct ev_source	*v;	/* of the inputs that are there */
	size_t			 count;
};

/*
 * Adds all inputs to the files and opens those that are there; each is live
 * from the end of its whole lines on, and what stands before that is a source.
 * What fails is told.
 */
void	ev_present_open(struct ev_present *present);
/* Prints what stands before the events and what the job takes of the sources
 * (ev_tail_sources); of none of them when not all. */
void	ev_present_print(struct ev_present *present, bool all);
void	ev_present_close(struct ev_present *present);

#endif
