/*
 * cut: runs of lines, cut into events.
 *
 * What reads a source (block, stream) hands its bytes to a cut: whole lines as
 * they lie in its memory, and a line that does not fit there piece by piece.
 */
#ifndef EV_INPUT_CUT_H
#define EV_INPUT_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "event/event.h"
#include "input/skim.h"
#include "input/tally.h"

#define EV_CUT_MAX_LINE	(64u << 20)	/* bytes; the default limit */

/* Zeroed, then the first seven are set; ev_cut_clear at the end. */
struct ev_cut {
	struct ev_event	*ev;		/* borrowed */
	void		(*event)(void *state, struct ev_event *ev,
			    uint64_t offset);
	void		*state;
	const struct ev_skim *skim;	/* which lines to look at; NULL: all */
	const struct ev_plan *plan;	/* of nothing, by which the others are
					 * validated; NULL: they are not */
	size_t		 max_line;	/* bytes, <= EV_LINE_MOST */
	bool		 strict;	/* stop at a damaged line */

	struct ev_tally	 tally;
	bool		 stopped;	/* by strict: all calls do nothing now */
	bool		 unended;	/* the line looked at has no LF */
	/* the line that comes piece by piece */
	struct ev_buf	 part;
	uint64_t	 part_at, part_n;	/* its offset, its bytes so far */
};

/* A line limit as options give it (0: the default) as the one that holds. */
size_t	ev_cut_limit(size_t max_line);

/* The length of the byte order mark that stands in front of a source's first
 * line: 0 or 3. */
size_t	ev_cut_mark(const char *line, size_t n, uint64_t offset);

/*
 * Whole lines, the last byte is LF; `offset` is where they stand in the source.
 * EV_SCAN_PAD bytes behind them can be read.  No line is pending.
 */
void	ev_cut_lines(struct ev_cut *cut, const char *p, size_t n,
	    uint64_t offset);

/*
 * The next n > 0 bytes of one line; LF can only be the last of them and ends
 * it.  Bytes over the line limit are not kept.
 */
void	ev_cut_part(struct ev_cut *cut, const char *p, size_t n,
	    uint64_t offset);

/*
 * The source is at its end: a pending line is an event when it is one, else
 * torn; of a store it is not looked at (2-store I7).
 */
void	ev_cut_end(struct ev_cut *cut, bool store);

/* Frees what the cut holds. */
void	ev_cut_clear(struct ev_cut *cut);

#endif
