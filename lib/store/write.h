/*
 * write: entries get into the log, under the lock or without it
 * (2-store 2.4, W1 to W9).
 */
#ifndef EV_STORE_WRITE_H
#define EV_STORE_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/entry.h"
#include "store/inside.h"

/* As ev_store_write. */
int	ev_write(struct ev_store *store, struct ev_entry *entries,
	    size_t count, struct ev_err *err);

/* Opens the log, or finds that it is another file now.  1, 0 there is none
 * (without make), -1. */
int	ev_write_open(struct ev_store *store, bool make, struct ev_err *err);

#endif
