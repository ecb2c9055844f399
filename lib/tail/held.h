/*
 * held: matches of one source that are printed later.
 *
 * A match is kept by its place when the source can be read again there, else
 * by its bytes.
 */
#ifndef EV_TAIL_HELD_H
#define EV_TAIL_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "input/source.h"
#include "tail/job.h"

struct ev_held {
	struct ev_held_line	*v;	/* a ring of cap */
	size_t			 cap, head, n;
	size_t			 most;	/* older ones go; 0: all stay */
	bool			 copy;	/* keep bytes, not places */
};

#define EV_HELD_INIT { NULL, 0, 0, 0, 0, false }

/* Keeps one more: line n bytes at `offset` of its source. */
void	ev_held_add(struct ev_held *held, uint64_t offset,
	    struct ev_slice line);
/* Prints what is held, the last first when backward. */
int	ev_held_print(struct ev_held *held, struct ev_source *source,
	    bool backward, struct ev_tail *tail, struct ev_err *err);
/*
 * The same behind a reading that gave r.  When it broke off, what came before
 * is printed (not with strict) and the result is -1, *err as it was.
 */
int	ev_held_end(struct ev_held *held, struct ev_source *source,
	    bool backward, struct ev_tail *tail, int r, struct ev_err *err);
void	ev_held_clear(struct ev_held *held);

#endif
