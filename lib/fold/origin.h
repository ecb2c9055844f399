/*
 * origin: where a rule takes its values from: the fields of an event.
 *
 * A comma list; the first field that the event has counts.  A field is the
 * name of a role, "dialect", "category", "raw" (the whole event), "payload"
 * (the dialect's payload member, the whole event where it has none), or a path
 * (json/path.h); ".type" is the literal key.
 */
#ifndef EV_FOLD_ORIGIN_H
#define EV_FOLD_ORIGIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"

struct ev_origin;

/* Compiles onto the model (not yet sealed).  NULL: what is wrong. */
struct ev_origin *ev_origin_new(const char *fields, struct ev_model *model,
	    struct ev_err *err);
void	ev_origin_free(struct ev_origin *origin);

/* Every value stands in the line itself (filter/subject.h). */
bool	ev_origin_stored(const struct ev_origin *origin);

/*
 * Calls fn for every value (of a path with "[]" there may be many; null is a
 * value of a path, but not of a role) until it gives other than 0; gives that,
 * or 0.  A value is good until the event's next read, or, when it was computed
 * or stands inside a string, until fn returns.
 */
int	ev_origin_each(struct ev_origin *origin, struct ev_event *ev,
	    int (*fn)(void *arg, const struct ev_val *val), void *arg);

#endif
