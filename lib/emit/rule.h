/*
 * rule: what members of GEP's records say about each other (1-events 1.2).
 */
#ifndef EV_EMIT_RULE_H
#define EV_EMIT_RULE_H

#include <stdbool.h>

#include "base/err.h"
#include "emit/shapes.h"
#include "json/scan.h"

/*
 * Members that passed their own checks; val[] stands beside shape->member.
 * -1: a capsule of an event that is no success, or a report that is well
 * without a command, or with one that is not.
 */
int	ev_rule_check(const struct ev_shape *shape, const struct ev_val *val,
	    struct ev_err *err);

/* Is there a command, and are all of them ok? */
bool	ev_rule_all_ok(const struct ev_val *commands);

#endif
