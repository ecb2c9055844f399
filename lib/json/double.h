/*
 * double: doubles as JavaScript prints them.
 */
#ifndef EV_JSON_DOUBLE_H
#define EV_JSON_DOUBLE_H

#include "base/buf.h"

/*
 * Appends a number as Number::toString of ECMA-262 has it: the fewest digits
 * that are read back as the same double; "null" when it is not finite.
 */
void	ev_double_print(struct ev_buf *out, double number);

#endif
