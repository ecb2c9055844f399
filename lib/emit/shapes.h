/*
 * shapes: what events of the dialects look like when we write them
 * (1-events 1.2).
 *
 * One row per dialect that is native for writing, two for gep: the top-level
 * members in the order in which they are written, what each may hold and who
 * fills it when the caller does not, and where each option of ev-emit goes.
 */
#ifndef EV_EMIT_SHAPES_H
#define EV_EMIT_SHAPES_H

#include <stdbool.h>
#include <stddef.h>

#include "event/dialect.h"

/* What a member may hold. */
enum ev_form {
	EV_FORM_TEXT,		/* any text */
	EV_FORM_NAME,		/* a text that is not empty */
	EV_FORM_NAMES,		/* an array of texts */
	EV_FORM_NUMBER,
	EV_FORM_WHOLE,		/* a whole number */
	EV_FORM_BOOL,
	EV_FORM_OBJECT,
	EV_FORM_TIME,		/* an RFC 3339 text */
	EV_FORM_MS,		/* a number: milliseconds since 1970 */
	EV_FORM_ROWS,		/* an array of objects */
	EV_FORM_ANY
};

/* What a member becomes when the caller does not give it. */
enum ev_fill {
	EV_FILL_NOTHING,	/* it may be left out */
	EV_FILL_MUST,		/* the event is refused */
	EV_FILL_ID,		/* a new or derived id */
	EV_FILL_NOW,		/* the time of the event */
	EV_FILL_ACTOR,		/* who emits */
	EV_FILL_SEVERITY,	/* the severity of the type */
	EV_FILL_FINGER,		/* the fingerprint */
	EV_FILL_LITERAL,	/* the JSON in `literal` */
	EV_FILL_INNER,		/* an object: what fills its inner members */
	EV_FILL_MACHINE,	/* the machine, of an event that is new */
	EV_FILL_ENV_KEY,	/* the key of env_fingerprint */
	EV_FILL_SIGNALS,	/* the signal key */
	EV_FILL_ALL_OK,		/* did all commands end well? */
	EV_FILL_ASSET		/* the asset_id, last of all */
};

struct ev_member {
	const char	*name;
	const char	*also;		/* another spelling, or NULL */
	enum ev_role	 role;		/* EV_ROLES: none */
	enum ev_form	 form;
	enum ev_fill	 fill;
	const char	*literal;	/* EV_FILL_LITERAL: JSON */
	const char	*hint;		/* EV_FILL_MUST: "give -m", or NULL */
	const char	*words;		/* the texts allowed, or NULL: all */
	long		 low, high;	/* numbers: the range when low < high */
	/*
	 * What the object, or each one of the array, holds; their names are
	 * paths ("outcome.score").  The row behind the last has no name.
	 */
	const struct ev_member *inner;
};

/* What options of ev-emit can put into an event. */
enum ev_say {
	EV_SAY_ID, EV_SAY_ACTOR, EV_SAY_SESSION, EV_SAY_CORRELATION,
	EV_SAY_PARENT, EV_SAY_ENTITY, EV_SAY_SEVERITY, EV_SAY_LEVEL,
	EV_SAY_MESSAGE, EV_SAY_QUALITY, EV_SAY_OUTCOME, EV_SAY_SCORE,
	EV_SAY_TURN, EV_SAY_ARCHETYPE, EV_SAY_SKILL,
	EV_SAYS
};

/* The option as a member: its name in a payload, form and range. */
extern const struct ev_member ev_says[EV_SAYS];

#define EV_SHAPE_MOST 17	/* members of one shape */

struct ev_shape {
	const struct ev_dialect	*dialect;
	const struct ev_member	*member;
	size_t			 count;
	const char		*type;		/* the one type that it has, or
						 * NULL: any */
	const char		*home;		/* the object for options that
						 * have no place */
	const char		*id_prefix;	/* of new ids: "evt-" or "" */
	bool			 guard_ids;	/* new ids are AgentGuard's */
	const char		*stamp;		/* new ids are GEP's: "evt_" or
						 * "vr_"; or NULL */
	const char		*level_else;	/* JSON written for levels other than
						 * audit; NULL: as they are */
	const char		*to[EV_SAYS];	/* "name" or "object.name";
						 * NULL: the option's name in
						 * `home` */
};

#define EV_SHAPES 8
extern const struct ev_shape ev_shapes[EV_SHAPES];

#endif
