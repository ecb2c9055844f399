/*
 * find: events of a log by their ids, without a table (2-store 2.4, W5).
 */
#ifndef EV_STORE_FIND_H
#define EV_STORE_FIND_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct ev_chain;
struct ev_custom;
struct ev_globs;

/* A log or a file, the user's dialects that its lines may have, or NULL, and
 * the moment of ev_clock_mono when it is given up, or 0. */
struct ev_find {
	struct ev_chain		*chain;
	const struct ev_custom	*custom;
	int64_t			 until;
};

/*
 * Is there a sound event with this id among the lines of bytes [from, to) of a
 * file?  Its id's JSON text is looked for, then the line is read, and put into
 * *found.  1, 0, -1 with errno; ETIMEDOUT from in.until on.
 */
int	ev_find_id(struct ev_find in, uint64_t from, uint64_t to,
	    struct ev_slice id, struct ev_buf *found);

/*
 * The id of an event from behind: back = 1 the last one with an id (of a type
 * that matches, when types is not NULL), 2 the one before.  1, 0, -1 with
 * errno.
 */
int	ev_find_last(struct ev_find in, uint64_t to, unsigned back,
	    const struct ev_globs *types, struct ev_buf *id);

/* The one id that begins with prefix, or that it is as a whole: 1, 0 none, 2
 * several, -1 with errno. */
int	ev_find_prefix(struct ev_find in, uint64_t to,
	    struct ev_slice prefix, struct ev_buf *id);

/*
 * The latest UUIDv7 in bytes [from, to), at most the last 64 KiB of them, that
 * is not later than bound (also one), or "".  0, -1 with errno.
 */
int	ev_find_uuid(struct ev_chain *log, uint64_t from, uint64_t to,
	    const char *bound, char last[]);

#endif
