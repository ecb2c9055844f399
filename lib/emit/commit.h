/*
 * commit: what --git puts into an event (1-events 1.2, 3-commands 3.2).
 */
#ifndef EV_EMIT_COMMIT_H
#define EV_EMIT_COMMIT_H

#include "base/buf.h"
#include "event/dialect.h"
#include "git/object.h"

struct ev_said_commit {
	const struct ev_commit	*commit;	/* NULL: it cannot be read */
	const char		*note;		/* and why */
	bool			 body;		/* --body */
};

/*
 * Appends a JSON object: the members that go into the payload of a dialect.
 * In govern they have its own names, else all is in one member "commit".
 * Without a commit, or without its counts, "commit_note" (govern: commitNote)
 * says why.
 */
void	ev_said_commit_json(const struct ev_said_commit *said,
	    const struct ev_dialect *dialect, struct ev_buf *out);

#endif
