/*
 * past: the lines that earlier versions of a log held.
 *
 * A log that is replaced (a checkout, a merge, an editor) holds most of its
 * lines again, some at other places.  What was read of the old one is kept as
 * a digest and a number for each distinct line, so that of the new one exactly
 * the others are new.
 */
#ifndef EV_TAIL_PAST_H
#define EV_TAIL_PAST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "store/chain.h"

struct ev_past;

struct ev_past *ev_past_new(void);
void	ev_past_free(struct ev_past *past);

/*
 * Bytes [0, end) of a log were read; another version begins.  -1 with errno:
 * it could not be read again, some of its lines are not known.
 */
int	ev_past_add(struct ev_past *past, struct ev_chain *in, uint64_t end);

/*
 * Of the present version bytes [from, end) were read, and come once more (at
 * another place).  Otherwise as ev_past_add.
 */
int	ev_past_again(struct ev_past *past, struct ev_chain *in, uint64_t from,
	    uint64_t end);

/* The next line of the present version: true when no earlier version had it so
 * many times. */
bool	ev_past_fresh(struct ev_past *past, struct ev_slice line);

#endif
