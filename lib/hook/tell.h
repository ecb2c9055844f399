/*
 * tell: events of git's, built and recorded (1-events 1.3, 3-commands 3.8).
 *
 * All of them are of the dialect vermas.  An event of a commit is a function
 * of the commit, but for its branch, and but for the actor, session and
 * correlation of who made it when the hook saw it.
 */
#ifndef EV_HOOK_TELL_H
#define EV_HOOK_TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "emit/given.h"
#include "emit/record.h"
#include "git/object.h"

struct ev_tell {
	/* The caller's. */
	struct ev_given		*given;	/* its dialect is vermas */
	struct ev_record	*record;
	bool			 past;	/* what others did: the committer is
					 * the actor */
	int64_t			 until;	/* of ev_clock_mono; 0: no end */
};

/*
 * Queues the event of a commit: `commit`, or `merge` when it has several
 * parents, at the time of its committer.  Writes the queue when it is full.
 * 0 or -1.
 */
int	ev_tell_commit(struct ev_tell *tell, const struct ev_commit *commit,
	    struct ev_err *err);

/* Queues the events of commits, one hash and LF per line.  0 or -1. */
int	ev_tell_commits(struct ev_tell *tell, struct ev_slice hashes,
	    struct ev_err *err);

/*
 * Queues an event of a type with fields as ev_build takes them.  id: decides
 * alone whether it is there; NULL: it gets a new one.  time NULL: now.
 */
int	ev_tell(struct ev_tell *tell, const char *type, char *const *fields,
	    size_t count, const char *id, const struct timespec *time,
	    struct ev_err *err);

/* Writes what is queued, and brings the views up to date when nothing is. */
int	ev_tell_end(struct ev_tell *tell, struct ev_err *err);

#endif
