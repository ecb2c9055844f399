/*
 * limbs: a sum of doubles without any rounding, so that it is the same in
 * whatever order they come.
 *
 * A fixed-point number as wide as all doubles are, 32 bits a limb (Kulisch,
 * "Computer Arithmetic and Validity", 2008).
 */
#ifndef EV_STATS_LIMBS_H
#define EV_STATS_LIMBS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"

#define EV_LIMBS 68	/* 2^-1074 to 2^1023, and room for carries */

struct ev_limbs {
	int64_t		limb[EV_LIMBS];
	uint32_t	adds;	/* since the carries were taken */
};

/* number: finite. */
void	ev_limbs_add(struct ev_limbs *limbs, double number);
void	ev_limbs_merge(struct ev_limbs *limbs, const struct ev_limbs *more);

/* The sum is *high + *low, the first the nearest there is. */
void	ev_limbs_value(const struct ev_limbs *limbs, long double *high,
	    long double *low);

/* A JSON array, and back: -1 when it is none of ours. */
void	ev_limbs_save(const struct ev_limbs *limbs, struct ev_buf *out);
int	ev_limbs_load(struct ev_limbs *limbs, const struct ev_val *array,
	    struct ev_err *err);

#endif
