/*
 * start: where in a log reading begins (--after), and where its end is
 * (--head).
 */
#ifndef EV_TAIL_START_H
#define EV_TAIL_START_H

#include "base/err.h"
#include "event/model.h"
#include "read/inputs.h"
#include "tail/position.h"

/* The position of the end of the one input, a plain file; log and gen of *pos
 * stay.  model wants EV_ID.  0 or -1. */
int	ev_start_head(const struct ev_inputs *inputs,
	    const struct ev_model *model, struct ev_position *pos,
	    struct ev_err *err);

/* What --after names: a position, or the id of an event.  -1: neither. */
int	ev_start_parse(struct ev_position *pos, const char *after,
	    struct ev_err *err);

/*
 * The byte behind what `after` names: a position, or the id of an event.  1;
 * 0: it is not there (the message says so), *start is 0; -1.  A log that is
 * not there begins at 0.
 */
int	ev_start_after(const struct ev_inputs *inputs, const char *after,
	    const struct ev_model *model, uint64_t *start,
	    struct ev_err *err);

#endif
