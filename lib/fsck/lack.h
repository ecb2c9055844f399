/*
 * lack: events that a view or lost.jsonl holds and the log lacks (a reset of
 * git, a power cut).
 */
#ifndef EV_FSCK_LACK_H
#define EV_FSCK_LACK_H

#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "event/event.h"
#include "fsck/shot.h"
#include "store/known.h"

struct ev_lack {
	struct ev_shot		*shot;
	struct ev_known		*known;	/* of the log; made when needed */
	struct ev_model		*model;
	struct ev_event		*event;
	uint64_t		 rubbish; /* lines that are no event, and not
					   * blank: nobody looks for them */

	/* The caller's: an event that the log lacks, line `number` of the
	 * file; other: one with its id is there.  0; -1 ends it. */
	int			(*line)(void *arg, struct ev_event *ev,
				    uint64_t number, bool other,
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
