/*
 * plus: numbers of JSON, added and compared without losing a digit that counts.
 */
#ifndef EV_FOLD_PLUS_H
#define EV_FOLD_PLUS_H

#include "base/slice.h"
#include "fold/node.h"

/* a + b of two valid numbers: integers exactly as long as they fit in 64 bits,
 * all else in double precision, printed as JavaScript does. */
struct ev_node ev_plus(struct ev_slice a, struct ev_slice b);
/* A number of double precision; null when it is not finite. */
struct ev_node ev_plus_double(double number);
/* place = place + number; what is no number at place counts as 0. */
void	ev_plus_add(struct ev_node *place, struct ev_slice number);

/* Is a number, and finite as a double. */
bool	ev_plus_finite(const struct ev_node *node);
/* A copy of the greater one of two numbers; what is none does not count. */
struct ev_node ev_plus_greater(const struct ev_node *a,
	    const struct ev_node *b);
/* The same with a as 0 when it is none, so that the first b counts only above
 * 0: how Brewva keeps when something was updated. */
struct ev_node ev_plus_later(const struct ev_node *a, const struct ev_node *b);

#endif
