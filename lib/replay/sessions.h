/*
 * sessions: a player that lists the sessions (4-views 4.2; Brewva's
 * listReplaySessions).
 */
#ifndef EV_REPLAY_SESSIONS_H
#define EV_REPLAY_SESSIONS_H

#include "base/buf.h"
#include "event/model.h"
#include "read/play.h"

struct ev_sessions;

/* Wants of the model what it asks; not yet sealed. */
struct ev_sessions *ev_sessions_new(struct ev_model *model);
void	ev_sessions_free(struct ev_sessions *sessions);

/* Sets the functions and arg of the play. */
void	ev_sessions_play(struct ev_sessions *sessions, struct ev_play *play);

/*
 * Appends the rows, the session with the latest event first (of one time by
 * name; those without a time last), as far as the limit takes them, "last N"
 * being the N first of these; reverse: the other way round.  A row is
 *	{"session","events","first","last","types","idle"}
 * first and last in RFC 3339 or null, types by name, idle the whole seconds
 * from last to now, not below 0, or null.  Events without a session are in
 * none.
 */
void	ev_sessions_print(struct ev_sessions *sessions,
	    const struct ev_limit *limit, bool reverse, struct timespec now,
	    struct ev_buf *out);
/* How many there are. */
size_t	ev_sessions_count(const struct ev_sessions *sessions);

#endif
