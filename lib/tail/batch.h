/*
 * batch: matches that are given away together, before a cursor moves behind
 * them.
 */
#ifndef EV_TAIL_BATCH_H
#define EV_TAIL_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

struct ev_batch {
	struct ev_buf	 text;		/* as they are printed */
	uint64_t	 count;
	size_t		 last;		/* where the last one begins in text */
	int64_t		 since;		/* when the first came, ev_clock_mono */
};

/* Adds an event; head: what stands before all of them comes first. */
void	ev_batch_add(struct ev_batch *batch, const struct ev_writer *writer,
	    struct ev_event *ev, bool head);
void	ev_batch_reset(struct ev_batch *batch);

#endif
