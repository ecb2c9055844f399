/*
 * truth: what the views must hold, told by one pass over the log.
 */
#ifndef EV_FSCK_TRUTH_H
#define EV_FSCK_TRUTH_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/map.h"
#include "json/scan.h"
#include "store/chain.h"
#include "store/dir.h"
#include "store/route.h"

struct ev_truth_day {
	int32_t		 day;
	uint64_t	 n, lines;	/* of its applied part */
	uint64_t	 last;		/* where in the log its last line is */
	struct ev_sha256 *sha;		/* of that part */
	struct ev_buf	 due;		/* what it may hold besides */
};

struct ev_truth {
	struct ev_truth_day *v;		/* as they came up in the log */
	size_t		 n, cap;
	struct ev_map	*index;		/* by day: 1 + number */
	uint64_t	 lines, sound, blank, torn, bad;
	uint64_t	 end;		/* behind the last line */

	uint64_t	 until, before;	/* of the file that is read: where it
					 * ends, the lines in front of it */

	/* The caller's: called for each line that is no event, blank ones
	 * left out, with its offset and its number in its file; may be
	 * NULL. */
	void		(*damaged)(void *arg, uint64_t at, uint64_t line,
			    enum ev_scan why);
	void		*arg;
};

/*
 * Reads bytes [0, end) of the log, of which the views have [0, applied); they
 * may have begun on what follows.  route is the caller's.  0 or -1; to be
 * cleared in any case.
 */
int	ev_truth_read(struct ev_truth *truth, const struct ev_dir *dir,
	    struct ev_chain *log, struct ev_route *route, uint64_t applied, uint64_t end,
	    struct ev_err *err);
void	ev_truth_clear(struct ev_truth *truth);

/* The day's part of it, or NULL. */
struct ev_truth_day *ev_truth_day(const struct ev_truth *truth, int32_t day);

#endif
