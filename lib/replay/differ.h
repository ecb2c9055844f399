/*
 * differ: two logs, side A and side B, by the ids of their events.
 *
 * Of an id each side has the distinct lines with it; a line without an id has
 * the one that is derived from its bytes.  Memory grows with the ids and the
 * distinct lines (16 bytes of their digest).
 */
#ifndef EV_REPLAY_DIFFER_H
#define EV_REPLAY_DIFFER_H

#include <stdint.h>

#include "base/buf.h"
#include "read/play.h"

struct ev_differ;

struct ev_differ *ev_differ_new(void);
void	ev_differ_free(struct ev_differ *differ);

/* Sets the functions and arg of the play that gives the events of a side: 0 or
 * 1; one after the other.  The model wants EV_ID and EV_TIME. */
void	ev_differ_play(struct ev_differ *differ, unsigned side,
	    struct ev_play *play);

struct ev_differences {
	uint64_t	missing;	/* ids of A that B does not have */
	uint64_t	extra;		/* ids of B that A does not have */
	uint64_t	different;	/* ids of both with other lines */
};

/*
 * Counts, and appends a line for each such id, in the order of their earliest
 * times and of the ids: json: {"difference":"missing","id":…}, else the word,
 * a TAB and the id, in which TAB, LF, CR and \ are \t \n \r \\ and NUL is \0.
 */
void	ev_differ_print(struct ev_differ *differ, bool json,
	    struct ev_differences *result, struct ev_buf *out);

#endif
