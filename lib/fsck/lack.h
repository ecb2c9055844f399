/*
 * lack: events that a view or lost.jsonl holds and the log lacks (a reset of
 * git, a power cut).  Of equal lines without an id the log must have as many.
 */
#ifndef EV_FSCK_LACK_H
#define EV_FSCK_LACK_H

#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "event/event.h"
#include "fsck/shot.h"
#include "store/known.h"

/* An event that the log lacks. */
struct ev_lacking {
	struct ev_event	*ev;
	uint64_t	 line;	/* of the file */
	uint64_t	 nth;	/* the how-manieth of equal lines without an id
				 * in the file; 0: it has an id */
	bool		 other;	/* an event with its id is there */
};

struct ev_lack {
	struct ev_shot		*shot;
	struct ev_known		*known;	/* of the log; made when needed */
	struct ev_model		*model;
	struct ev_event		*event;
	uint64_t		 rubbish; /* lines that are no event, and not
					   * blank: nobody looks for them */

	struct ev_known		*seen;	/* of the file: lines without an id */

	/* The caller's: 0; -1 ends it. */
	int			(*line)(void *arg,
				    const struct ev_lacking *lacking,
				    struct ev_err *err);
	void			*arg;
};

void	ev_lack_init(struct ev_lack *lack, struct ev_shot *shot);
void	ev_lack_clear(struct ev_lack *lack);

/* Looks through the first n bytes of a file.  0 or -1. */
int	ev_lack_file(struct ev_lack *lack, int fd, uint64_t n,
	    struct ev_err *err);
/* The same with what stands behind the end of a segment of the log. */
int	ev_lack_behind(struct ev_lack *lack, const struct ev_segment *segment,
	    struct ev_err *err);
/* The same with a day, or the feed; one that is broken gives what it has. */
int	ev_lack_view(struct ev_lack *lack, int32_t day, struct ev_err *err);

#endif
