/*
 * dialect: where each role stands in a line (1-events 1.1).
 *
 * One row per dialect.  A cell is a comma list of paths; the first one present
 * (and not null) is the role's value.  Blanks part them too; a backslash in
 * front makes a comma or a blank a part of a key.  A path may be followed by
 * the unit "ms".  Cells that no path can say begin with "%":
 *
 *	%id		the first 12 to 14 digits of the id, milliseconds
 *	%level		the level of the type (event/level.h)
 *	%severity	the severity of the type (event/severity.h)
 *	%actor		the actor, when the type begins with "agent."
 *	%error		3 when the type is "error"
 *	%visibility	audit when "visibility" is audit, else ops
 *	%kind		the key "kind", when the key "type" is MemoryGraphEvent
 *
 * What they compute stands in event/derive.h.
 */
#ifndef EV_EVENT_DIALECT_H
#define EV_EVENT_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

enum ev_role {
	EV_ID, EV_TYPE, EV_TIME, EV_ACTOR, EV_SESSION, EV_PARENT,
	EV_CORRELATION, EV_ENTITY, EV_SEVERITY, EV_LEVEL, EV_MESSAGE,
	EV_QUALITY, EV_OUTCOME, EV_FILE, EV_LINE, EV_FINGERPRINT, EV_TURN,
	EV_INTENT, EV_ARCHETYPE, EV_SKILL, EV_GENE, EV_SIGNAL,
	EV_ROLES
};

/* "id", "type", … ; the names of filters, columns and reports. */
const char *ev_role_name(enum ev_role role);
/* -1: no such role. */
int	ev_role_of(struct ev_slice name);

struct ev_dialect {
	const char	*name;
	const char	*payload;	/* key of the payload, NULL: flat */
	bool		 inner;		/* reads JSON inside strings (beads) */
	const char	*cell[EV_ROLES]; /* NULL: the dialect has no such role */
};

enum ev_dialect_row {
	EV_VERMAS, EV_GOVERN, EV_BREWVA, EV_AGENTGUARD, EV_AGENTGUARD_RUN,
	EV_GEP, EV_GASTOWN, EV_BEADS, EV_BEADS_AUDIT, EV_CLOUDEVENTS,
	EV_BREWVA_WAL, EV_AGENTGUARD_DECISION, EV_AGENTGUARD_TELEMETRY,
	EV_GENERIC,
	EV_DIALECTS
};

extern const struct ev_dialect ev_dialects[EV_DIALECTS];

/* The row of a name, or NULL. */
const struct ev_dialect *ev_dialect_named(const char *name);

/* One alternative of a cell. */
struct ev_cell {
	struct ev_slice	 path;	/* or the name of a computed one, "%id" */
	bool		 ms;	/* the unit "ms" */
};

/*
 * The next alternative of a cell: *at is the cell's text at first and moves
 * on.  False at the end (and for NULL).  The path is the cell's.
 */
bool	ev_cell_next(const char **at, struct ev_cell *out);

#endif
