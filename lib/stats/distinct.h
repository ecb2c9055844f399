/*
 * distinct: how many different values there are.
 *
 * Below EV_DISTINCT_EXACT values each is kept, as 64 bits of a hash; from there
 * on HyperLogLog (Flajolet et al. 2007) with 2^14 registers gives a number with
 * a standard error of 1.04 / sqrt(2^14) = 0.8 %.  What is kept depends on the
 * values alone, so parts merge to the same in any order.
 */
#ifndef EV_STATS_DISTINCT_H
#define EV_STATS_DISTINCT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "json/scan.h"

#define EV_DISTINCT_EXACT 10000

struct ev_distinct;

struct ev_distinct *ev_distinct_new(void);
void	ev_distinct_free(struct ev_distinct *distinct);

/* kind: what tells values apart that have the same text. */
void	ev_distinct_add(struct ev_distinct *distinct, char kind,
	    struct ev_slice text);
void	ev_distinct_merge(struct ev_distinct *distinct,
	    const struct ev_distinct *more);
uint64_t ev_distinct_count(const struct ev_distinct *distinct);

void	ev_distinct_save(const struct ev_distinct *distinct,
	    struct ev_buf *out);
int	ev_distinct_load(struct ev_distinct *distinct,
	    const struct ev_val *text, struct ev_err *err);

#endif
