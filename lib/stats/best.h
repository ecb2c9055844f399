/*
 * best: of many values the least, the greatest, the first or the last.
 *
 * Numbers stand before strings and these before all other values; numbers
 * compare exactly, the others by their bytes; of equal numbers written in two ways (1, 1.0) the one with the
 * lesser bytes is kept, so that the order of coming does not matter.  First
 * and last are by replay order: time, then id; events without a time come
 * last (4-views 4.1).
 */
#ifndef EV_STATS_BEST_H
#define EV_STATS_BEST_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "json/scan.h"

enum ev_best_kind { EV_BEST_MIN, EV_BEST_MAX, EV_BEST_FIRST, EV_BEST_LAST };

struct ev_best {
	struct ev_buf	value;	/* its JSON text; empty: none yet */
	double		number;	/* it, when it is one */
	bool		timed;
	struct timespec	time;	/* first, last: of its event */
	struct ev_buf	id;
};

#define EV_BEST_INIT { .value = EV_BUF_INIT, .id = EV_BUF_INIT }

/* Where a value stands, for first and last; else NULL. */
struct ev_stand {
	bool		timed;
	struct timespec	time;
	struct ev_slice	id;
};

void	ev_best_take(struct ev_best *best, enum ev_best_kind kind,
	    const struct ev_val *val, const struct ev_stand *stand);
void	ev_best_merge(struct ev_best *best, enum ev_best_kind kind,
	    const struct ev_best *more);
void	ev_best_clear(struct ev_best *best);

/* A JSON array, and adding one: -1 when it is none of ours. */
void	ev_best_save(const struct ev_best *best, struct ev_buf *out);
int	ev_best_load(struct ev_best *best, enum ev_best_kind kind,
	    const struct ev_val *array, struct ev_err *err);

#endif
