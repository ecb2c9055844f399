/*
 * check: is what a member holds what its shape allows (1-events 1.2)?
 */
#ifndef EV_EMIT_CHECK_H
#define EV_EMIT_CHECK_H

#include "base/err.h"
#include "emit/shape.h"

/*
 * One value for a member.  null counts as left out where the member may be
 * left out.  -1: "quality: 1.4 is not allowed (a number 0 to 1)".
 */
int	ev_check_member(const struct ev_member *member,
	    const struct ev_val *val, struct ev_err *err);

/*
 * All members of an event; val[] stands beside shape->member, kind EV_NONE for
 * a missing one.  -1: one of them is not allowed, or "description: missing
 * (give -m TEXT)".
 */
int	ev_check(const struct ev_shape *shape, const struct ev_val *val,
	    struct ev_err *err);

#endif
