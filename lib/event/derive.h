/*
 * derive: the cells of the dialect table that are computed ("%level").
 *
 * Each is a function of one or two values of the event: the first value of
 * another role, or of a path.
 */
#ifndef EV_EVENT_DERIVE_H
#define EV_EVENT_DERIVE_H

#include "base/buf.h"
#include "base/slice.h"
#include "event/dialect.h"
#include "json/scan.h"

/* What a computed cell asks for: a path, or (NULL) a role's first value, or
 * nothing (EV_ROLES). */
struct ev_asked {
	const char	*path;
	enum ev_role	 role;
};

struct ev_derive {
	const char		*name;		/* with its "%" */
	struct ev_asked	 operand[2];
	/*
	 * The value, of kind EV_NONE when there is none.  It points to static
	 * text, or into the operands or *scratch.
	 */
	struct ev_val (*fn)(const struct ev_val operand[2],
	    struct ev_buf *scratch);
};

/* The computed cell of a name, or NULL. */
const struct ev_derive *ev_derive_named(struct ev_slice name);

#endif
