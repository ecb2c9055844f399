/*
 * cellcheck: is a cell of the user's dialects one (event/dialect.h)?
 */
#ifndef EV_EVENT_CELLCHECK_H
#define EV_EVENT_CELLCHECK_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"

/*
 * A cell: some paths, EV_CUSTOM_LIST at most, or computed ones that there are.
 * time: it may have units.  0, or -1: what is wrong and what is allowed.
 */
int	ev_cellcheck(const char *cell, bool time, struct ev_err *err);

/* A path; keys: only of object keys.  0 or -1. */
int	ev_cellcheck_path(struct ev_slice text, bool keys,
	    struct ev_err *err);

#endif
