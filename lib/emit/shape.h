/*
 * shape: the table of emit/shapes.h, asked.
 */
#ifndef EV_EMIT_SHAPE_H
#define EV_EMIT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "emit/shapes.h"
#include "event/level.h"
#include "json/scan.h"

/* Is a text one of words that blanks part? */
bool	ev_shape_word(const char *words, struct ev_slice text);

/*
 * The first shape of a dialect; NULL when it is not native for writing.  The
 * second: the one of events of a type.
 */
const struct ev_shape *ev_shape_of(const struct ev_dialect *dialect);
const struct ev_shape *ev_shape_typed(const struct ev_dialect *dialect,
	    struct ev_slice type);
/*
 * The shape that TYPE on the command line means: an event's type or, in gep,
 * an intent, *intent then true.  NULL: the dialect has no such type.
 */
const struct ev_shape *ev_shape_meant(const struct ev_dialect *dialect,
	    struct ev_slice type, bool *intent);

/* The member with a name or other spelling; NULL when there is none. */
const struct ev_member *ev_shape_named(const struct ev_shape *shape,
	    struct ev_slice name);
/* The index of the member that has a role, or -1. */
int	ev_shape_role(const struct ev_shape *shape, enum ev_role role);

/* Where an option goes: a top-level member, or one of an object there. */
struct ev_target {
	struct ev_slice	 member;
	const char	*inner;		/* NULL: the member itself */
};
struct ev_target ev_shape_target(const struct ev_shape *shape,
	    enum ev_say what, struct ev_slice type);

/* The level of an event whose members are val[] (1-events 1.4). */
enum ev_level ev_shape_level(const struct ev_shape *shape,
	    const struct ev_val *val);

#endif
