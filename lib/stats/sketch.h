/*
 * sketch: percentiles of numbers.
 *
 * Below EV_SKETCH_EXACT numbers all of them are kept and the answer is one of
 * them; from there on they are counted in buckets whose bounds grow by
 * (1 + e) / (1 - e), which makes the answer right within e = 1 % of itself
 * (DDSketch: Masson, Rim, Lee, VLDB 2019).  A bucket depends on the number
 * alone, so parts merge to the same sketch in any order.
 */
#ifndef EV_STATS_SKETCH_H
#define EV_STATS_SKETCH_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"

#define EV_SKETCH_EXACT	10000
#define EV_SKETCH_ERROR	0.01

struct ev_sketch;

struct ev_sketch *ev_sketch_new(void);
void	ev_sketch_free(struct ev_sketch *sketch);

/* number: finite. */
void	ev_sketch_add(struct ev_sketch *sketch, double number);
void	ev_sketch_merge(struct ev_sketch *sketch,
	    const struct ev_sketch *more);

/*
 * The smallest number that at least `thousandths` / 1000 per cent of all do
 * not exceed (percentile_disc of SQL); 0 gives the least.  NAN of none.
 */
double	ev_sketch_at(struct ev_sketch *sketch, uint32_t thousandths);

void	ev_sketch_save(const struct ev_sketch *sketch, struct ev_buf *out);
int	ev_sketch_load(struct ev_sketch *sketch, const struct ev_val *array,
	    struct ev_err *err);

#endif
