/*
 * learn: what the log holds gets into the table of known lines, and stays
 * right while others write too (2-store 2.4, W5).
 */
#ifndef EV_STORE_LEARN_H
#define EV_STORE_LEARN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/append.h"
#include "store/entry.h"
#include "store/lookup.h"

/* Are there entries that are compared with all of the log? */
bool	ev_learn_compares(const struct ev_entry *entries, size_t count);

/*
 * Reads the log's lines up to byte `to` into the table, when there are such
 * entries; before the lock it spares time under it.  A log that does not end
 * any more in what was read last is read anew.  0 or -1.
 */
int	ev_learn(struct ev_lookup *lookup, const struct ev_entry *entries,
	    size_t count, uint64_t to, struct ev_err *err);

/* The batch was written: every line that was added to the table since the last
 * one, and no other.  0 or -1. */
int	ev_learn_wrote(struct ev_lookup *lookup, const struct ev_batch *batch,
	    struct ev_err *err);

/* Forgets what the log held: it is another one now. */
void	ev_learn_forget(struct ev_lookup *lookup);
void	ev_learn_clear(struct ev_lookup *lookup);

#endif
