#include "stats/limbs.h"

#include <inttypes.h>
#include <math.h>

#include "json/number.h"
#include "json/walk.h"

#define LOWEST 1074 /* the exponent of the smallest double, below 0 */
#define ADDS_MOST (UINT32_C(1) << 30) /* each adds less than 2^32 to a limb */

/* Brings all limbs but the last into [0, 2^32). */
static void
carry(struct ev_limbs *limbs)
{
	int64_t rest = 0, low;
	size_t i;

	for (i = 0; i < EV_LIMBS; i++) {
		rest += limbs->limb[i];
		if (i == EV_LIMBS - 1) {
			limbs->limb[i] = rest;
			break;
		}
		low = rest & INT64_C(0xffffffff);
		limbs->limb[i] = low;
		rest = (rest - low) / (INT64_C(1) << 32);
	}
	limbs->adds = 0;
}

void
ev_limbs_add(struct ev_limbs *limbs, double number)
{
	uint64_t digits, high;
	int64_t sign = number < 0 ? -1 : 1;
	int exponent, place;
	int64_t *limb;

	if (number == 0)
		return;
	number = frexp(fabs(number), &exponent);
	if (exponent < -LOWEST + 53) {
		/* a denormal: fewer digits */
		digits = (uint64_t)ldexp(number, exponent + LOWEST);
		place = 0;
	} else {
		digits = (uint64_t)ldexp(number, 53);
		place = exponent - 53 + LOWEST;
	}
	limb = &limbs->limb[place / 32];
	high = place % 32 == 0 ? 0 : digits >> (64 - place % 32);
	digits <<= place % 32;
	limb[0] += sign * (int64_t)(digits & UINT64_C(0xffffffff));
	limb[1] += sign * (int64_t)(digits >> 32);
	limb[2] += sign * (int64_t)high;
	if (++limbs->adds == ADDS_MOST)
		carry(limbs);
}

void
ev_limbs_merge(struct ev_limbs *limbs, const struct ev_limbs *more)
{
	struct ev_limbs other = *more;
	size_t i;

	carry(limbs);
	carry(&other);
	for (i = 0; i < EV_LIMBS; i++)
		limbs->limb[i] += other.limb[i];
	carry(limbs);
}

/* The nearest long double, all carries being taken and the whole positive. */
static long double
nearest(const struct ev_limbs *limbs)
{
	long double value = 0;
	size_t i;

	/* from below, so that what is small is not lost before it adds up */
	for (i = 0; i < EV_LIMBS; i++)
		if (limbs->limb[i] != 0)
			value += ldexpl(
			    (long double)limbs->limb[i], (int)i * 32 - LOWEST);
	return value;
}

static void
negate(struct ev_limbs *limbs)
{
	size_t i;

	for (i = 0; i < EV_LIMBS; i++)
		limbs->limb[i] = -limbs->limb[i];
	carry(limbs);
}

void
ev_limbs_value(
    const struct ev_limbs *limbs, long double *high, long double *low)
{
	struct ev_limbs copy = *limbs;
	bool negative;
	double part;

	carry(&copy);
	negative = copy.limb[EV_LIMBS - 1] < 0;
	if (negative)
		negate(&copy);
	*high = nearest(&copy);
	part = (double)*high;
	if (isfinite(part)) {
		ev_limbs_add(&copy, -part);
		ev_limbs_add(&copy, -(double)(*high - (long double)part));
		carry(&copy);
	}
	*low = 0;
	if (copy.limb[EV_LIMBS - 1] < 0) {
		negate(&copy);
		*low = -nearest(&copy);
	} else if (isfinite(part))
		*low = nearest(&copy);
	if (negative) {
		*high = -*high;
		*low = -*low;
	}
}

void
ev_limbs_save(const struct ev_limbs *limbs, struct ev_buf *out)
{
	struct ev_limbs copy = *limbs;
	const char *comma = "";
	size_t i;

	carry(&copy);
	ev_buf_addc(out, '[');
	for (i = 0; i < EV_LIMBS; i++) {
		if (copy.limb[i] == 0)
			continue;
		ev_buf_addf(out, "%s%zu,%" PRId64, comma, i, copy.limb[i]);
		comma = ",";
	}
	ev_buf_addc(out, ']');
}

int
ev_limbs_load(
    struct ev_limbs *limbs, const struct ev_val *array, struct ev_err *err)
{
	const int64_t most = INT64_C(1) << 32;
	struct ev_limbs more = { { 0 }, 0 };
	struct ev_walk walk;
	struct ev_val val;
	int64_t place, limb;

	ev_walk_begin(&walk, array);
	while (ev_walk_next(&walk, NULL, &val)) {
		if (val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &place) || place < 0 ||
		    place >= EV_LIMBS || !ev_walk_next(&walk, NULL, &val) ||
		    val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &limb) || limb > most ||
		    limb < -most)
			return ev_fail(err, "a sum is no sum");
		more.limb[place] = limb;
	}
	ev_limbs_merge(limbs, &more);
	return 0;
}
