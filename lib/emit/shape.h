/*
 * shape: what an event of a dialect looks like when we write it
 * (1-events 1.2).
 *
 * One row per dialect that is native for writing: its top-level members in the
 * order in which they are written, what each may hold and who fills it when
 * the caller does not, and where each option of ev-emit goes.
 */
#ifndef EV_EMIT_SHAPE_H
#define EV_EMIT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "event/dialect.h"
#include "event/level.h"
#include "json/scan.h"

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
	EV_FORM_MS		/* a number: milliseconds since 1970 */
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
	EV_FILL_LITERAL		/* the JSON in `literal` */
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

#define EV_SHAPE_MOST 13	/* members of one shape */

struct ev_shape {
	const struct ev_dialect	*dialect;
	const struct ev_member	*member;
	size_t			 count;
	const char		*id_prefix;	/* of new ids: "evt-" or "" */
	bool			 guard_ids;	/* new ids are AgentGuard's */
	const char		*level_else;	/* JSON written for levels other than
						 * audit; NULL: as they are */
	const char		*to[EV_SAYS];	/* "name" or "payload.name";
						 * NULL: the option's name in
						 * the payload */
};

/* The shape of a dialect; NULL when it is not native for writing. */
const struct ev_shape *ev_shape_of(const struct ev_dialect *dialect);

/* The member with a name or other spelling; NULL when there is none. */
const struct ev_member *ev_shape_named(const struct ev_shape *shape,
	    struct ev_slice name);
/* The index of the member that has a role, or -1. */
int	ev_shape_role(const struct ev_shape *shape, enum ev_role role);

/* Where an option goes: a top-level member, or a member of the payload. */
struct ev_target {
	bool		 inside;	/* in the payload */
	const char	*name;
};
struct ev_target ev_shape_target(const struct ev_shape *shape,
	    enum ev_say what, struct ev_slice type);

/* The level of an event whose members are val[] (1-events 1.4). */
enum ev_level ev_shape_level(const struct ev_shape *shape,
	    const struct ev_val *val);

#endif
