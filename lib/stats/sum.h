/*
 * sum: numbers added up, the same in whatever order they come.
 *
 * Numbers of at most 18 digits behind the dot and within 64 bits before it are
 * added as decimals, exactly, into 128 bits (an overflow would take 2^64 of
 * them): 0.1 + 0.2 is 0.3 and integers keep every digit.  All others, and so
 * the whole sum then, count as their nearest doubles, and these are added
 * without rounding (stats/limbs.h).
 */
#ifndef EV_STATS_SUM_H
#define EV_STATS_SUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"
#include "stats/limbs.h"

struct ev_sum {
	int64_t		 hi;	/* hi * 2^64 + lo + frac / 10^18 */
	uint64_t	 lo;
	int64_t		 frac;	/* its absolute value is below 10^18 */
	uint64_t	 count;
	struct ev_limbs	*limbs;	/* the others; NULL: there are none */
};

#define EV_SUM_INIT { 0, 0, 0, 0, NULL }

/* Adds a valid JSON number; one beyond all doubles: false, it is left out. */
bool	ev_sum_add(struct ev_sum *sum, struct ev_slice number);
void	ev_sum_merge(struct ev_sum *sum, const struct ev_sum *more);
void	ev_sum_clear(struct ev_sum *sum);

/* Appends the sum as a JSON number, the mean as the nearest double; null when
 * nothing was added. */
void	ev_sum_print(const struct ev_sum *sum, struct ev_buf *out);
void	ev_sum_mean(const struct ev_sum *sum, struct ev_buf *out);

/* A JSON array, and adding one: -1 when it is none of ours. */
void	ev_sum_save(const struct ev_sum *sum, struct ev_buf *out);
int	ev_sum_load(struct ev_sum *sum, const struct ev_val *array,
	    struct ev_err *err);

#endif
