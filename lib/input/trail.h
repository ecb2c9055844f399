/*
 * trail: the bytes of an open file by their offsets; of a store's log those of
 * its segments, too (store/chain.h).
 *
 * Whoever reads one holds it; the last one to drop it closes the file.
 */
#ifndef EV_INPUT_TRAIL_H
#define EV_INPUT_TRAIL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "store/chain.h"
#include "store/place.h"

struct ev_trail {
	struct ev_chain	 chain;
	struct ev_place	 place;		/* of a store's log, else empty */
	bool		 strict;	/* what no file has cannot be read */
	_Atomic bool	 gap;		/* such bytes were asked for: */
	struct ev_gap	 lack;		/* they are among these */
	unsigned	 users;
};

/* An open file alone, which becomes the trail's; for ev_trail_drop. */
struct ev_trail *ev_trail_file(int fd);
/*
 * The log of a store, open as fd, with all that was ever in it: its absolute
 * path, and what people call it.  NULL: its directory cannot be read; fd then
 * stays the caller's.
 */
struct ev_trail *ev_trail_log(int fd, const char *path, const char *shown,
	    struct ev_err *err);
/* For one more who reads; gives the trail. */
struct ev_trail *ev_trail_hold(struct ev_trail *trail);
/* NULL is none. */
void	ev_trail_drop(struct ev_trail *trail);

/*
 * Up to n bytes at an offset, as many as there are; their number, or -1 with
 * errno.  What no file has (a segment is missing, too short, or removed by now)
 * is blank lines; strict: ENODATA.  Several threads may read.
 */
ssize_t	ev_trail_read(struct ev_trail *trail, void *to, size_t n, uint64_t at);

/* Where it ends now, in *end.  0, or -1 with errno. */
int	ev_trail_end(const struct ev_trail *trail, uint64_t *end);

/*
 * How people call the file that holds an offset, malloced, when it is a
 * segment; NULL: the last file.  *from is where it begins.
 */
char	*ev_trail_name(const struct ev_trail *trail, uint64_t at,
	    uint64_t *from);

/* Was a gap met?  Then appends what people are told of it, once: "lacks its
 * bytes 0 to 4711: a segment is missing or cut off". */
bool	ev_trail_say(struct ev_trail *trail, struct ev_buf *out);

#endif
