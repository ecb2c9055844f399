/*
 * round: entries that are looked up and appended in one go (2-store 2.4, W4 to
 * W7).
 */
#ifndef EV_STORE_ROUND_H
#define EV_STORE_ROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/entry.h"
#include "store/inside.h"

/*
 * Writes the entries to the open log, of which *end bytes are whole lines, also
 * after it; anew: it is another one than the state knows.  0 or -1;
 * ev_admit_end must follow.
 */
int	ev_round(struct ev_store *store, struct ev_entry *entries,
	    size_t count, uint64_t *end, bool anew, struct ev_err *err);

#endif
