/*
 * play: what was sorted, one event after the other.
 */
#ifndef EV_READ_PLAY_H
#define EV_READ_PLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read/limit.h"
#include "read/sorted.h"

struct ev_play {
	struct ev_limit	 limit;
	bool		 reverse;	/* the last first */
	bool		 distinct;	/* of equal lines one */
	/*
	 * Called for each event, or (the other NULL) for the bytes of the
	 * lines, each line with an LF; a call may end anywhere in one.
	 * Neither: they are counted.  0 go on, 1 enough, -1 failed.
	 */
	int		(*event)(void *arg, struct ev_event *ev,
			    struct ev_err *err);
	int		(*bytes)(void *arg, const char *p, size_t n,
			    struct ev_err *err);
	void		*arg;

	/* The matches (distinct ones when asked for) that were looked at; with
	 * the last N, no more than these. */
	uint64_t	 matches;
};

/*
 * Plays what ev_sorted_sort left.  The whole of it, or from match N on, when
 * sorted is onward; the limit "last N" and reverse only when it is not.  0, or
 * -1 when anything failed.
 */
int	ev_play(struct ev_play *play, struct ev_sorted *sorted,
	    struct ev_err *err);

#endif
