/*
 * number: JSON numbers as text, compared and read without losing a digit.
 */
#ifndef EV_JSON_NUMBER_H
#define EV_JSON_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* True when the text is a number of RFC 8259. */
bool	ev_num_valid(struct ev_slice text);

/*
 * Compares two valid numbers by value, exactly, at any size (1.10 = 1.1, 1e2 =
 * 100): -1, 0, 1.  Only exponents beyond 10^17 are taken for 10^17.
 */
int	ev_num_cmp(struct ev_slice a, struct ev_slice b);

/* The integer that a valid number is (1e3, 5.0 too); false: not one, or not
 * within int64_t. */
bool	ev_num_int(struct ev_slice text, int64_t *out);

/* The nearest double of a valid number; locale-free; may be an infinity. */
double	ev_num_double(struct ev_slice text);

/*
 * value * 10^9 of a valid number times 10^scale, rounded down, as whole
 * seconds and nanoseconds: scale 0 reads seconds, -3 ms, -6 us, -9 ns.  False
 * when it is outside the years 0000 to 9999.
 */
bool	ev_num_time(struct ev_slice text, int scale, int64_t *sec,
	    int32_t *nsec);

#endif
