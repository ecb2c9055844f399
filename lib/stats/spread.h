/*
 * spread: how far numbers are from their mean.
 */
#ifndef EV_STATS_SPREAD_H
#define EV_STATS_SPREAD_H

#include <stdint.h>

#include "stats/limbs.h"

struct ev_spread {
	uint64_t	count;
	struct ev_limbs	sum, squares;
};

/* number: finite, its square too (else false: it is left out). */
bool	ev_spread_add(struct ev_spread *spread, double number);
void	ev_spread_merge(struct ev_spread *spread,
	    const struct ev_spread *more);

/*
 * The standard deviation of a sample, sqrt((Σx² - (Σx)²/n) / (n - 1)), as
 * stddev of SQL; NAN of less than two numbers.
 */
double	ev_spread_value(const struct ev_spread *spread);

void	ev_spread_save(const struct ev_spread *spread, struct ev_buf *out);
int	ev_spread_load(struct ev_spread *spread, const struct ev_val *array,
	    struct ev_err *err);

#endif
