/*
 * intent: how long the partitions of a wide step were before it.
 *
 * A step that touches more partitions than a state keeps in mind leaves their
 * lengths in the file "intent" first, and the state says so (its `wide`).  It
 * holds for the place in the log that it names: a writer that finds such a
 * state goes on from there.
 */
#ifndef EV_STORE_INTENT_H
#define EV_STORE_INTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "store/dir.h"
#include "store/state.h"

struct ev_intent {
	struct ev_map	*had;	/* by day (int32_t): 1 + bytes; or NULL */
};

#define EV_INTENT_INIT { NULL }

/* Reads what belongs to a state.  1; 0 there is none that fits; -1 it cannot
 * be read. */
int	ev_intent_read(struct ev_intent *intent, const struct ev_dir *dir,
	    const struct ev_state *state, struct ev_err *err);
/* Writes it (by another name, then renamed).  0 or -1. */
int	ev_intent_write(const struct ev_intent *intent,
	    const struct ev_dir *dir, const struct ev_state *state,
	    const int32_t *day, size_t count, struct ev_err *err);

/* The length of a partition; false when it is not in there. */
bool	ev_intent_had(const struct ev_intent *intent, int32_t day,
	    uint64_t *n);
void	ev_intent_set(struct ev_intent *intent, int32_t day, uint64_t n);
void	ev_intent_clear(struct ev_intent *intent);

#endif
