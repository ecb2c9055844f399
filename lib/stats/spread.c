#include "stats/spread.h"

#include <inttypes.h>
#include <math.h>

#include "json/number.h"
#include "json/walk.h"

bool
ev_spread_add(struct ev_spread *spread, double number)
{
	double square = number * number;

	if (!isfinite(square))
		return false;
	spread->count++;
	ev_limbs_add(&spread->sum, number);
	/* the square, and what rounding took from it */
	ev_limbs_add(&spread->squares, square);
	ev_limbs_add(&spread->squares, fma(number, number, -square));
	return true;
}

void
ev_spread_merge(struct ev_spread *spread, const struct ev_spread *more)
{
	spread->count += more->count;
	ev_limbs_merge(&spread->sum, &more->sum);
	ev_limbs_merge(&spread->squares, &more->squares);
}

double
ev_spread_value(const struct ev_spread *spread)
{
	long double n = (long double)spread->count;
	long double sum, sum_low, squares, squares_low, left, right, rest;

	if (spread->count < 2)
		return NAN;
	ev_limbs_value(&spread->sum, &sum, &sum_low);
	ev_limbs_value(&spread->squares, &squares, &squares_low);
	/* n Σx² - (Σx)², most of which may cancel */
	left = n * squares;
	right = sum * sum;
	rest = fmal(n, squares, -left) + n * squares_low -
	    (fmal(sum, sum, -right) + 2 * sum * sum_low);
	rest += left - right;
	return rest > 0 ? (double)sqrtl(rest / n / (n - 1)) : 0;
}

void
ev_spread_save(const struct ev_spread *spread, struct ev_buf *out)
{
	ev_buf_addf(out, "[%" PRIu64 ",", spread->count);
	ev_limbs_save(&spread->sum, out);
	ev_buf_addc(out, ',');
	ev_limbs_save(&spread->squares, out);
	ev_buf_addc(out, ']');
}

int
ev_spread_load(
    struct ev_spread *spread, const struct ev_val *array, struct ev_err *err)
{
	struct ev_val count, sum, squares;
	struct ev_walk walk;
	int64_t n;

	ev_walk_begin(&walk, array);
	if (!ev_walk_next(&walk, NULL, &count) || count.kind != EV_NUMBER ||
	    !ev_num_int(ev_val_slice(&count), &n) || n < 0 ||
	    !ev_walk_next(&walk, NULL, &sum) ||
	    !ev_walk_next(&walk, NULL, &squares))
		return ev_fail(err, "a deviation is none");
	spread->count += (uint64_t)n;
	if (ev_limbs_load(&spread->sum, &sum, err) == -1)
		return -1;
	return ev_limbs_load(&spread->squares, &squares, err);
}
