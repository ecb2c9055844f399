/*
 * queue: events that are ready to be written in one go.
 *
 * Its memory is used again by the next round: no line costs an allocation once
 * the buffers have grown.
 */
#ifndef EV_EMIT_QUEUE_H
#define EV_EMIT_QUEUE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

#define EV_QUEUE_BYTES	(1u << 20)	/* of lines, after which one is full */
#define EV_QUEUE_EVENTS	4096

/* What an entry points to beside its line. */
struct ev_extra {
	struct ev_buf	id;	/* own_id, when it is not in the line as it
				 * is */
	struct ev_buf	given;	/* given, when the line was completed */
};

struct ev_queue {
	struct ev_entry	*entry;
	struct ev_extra	*extra;		/* beside entry */
	size_t		 n, cap;
	size_t		 bytes;		/* of their lines */
};

#define EV_QUEUE_INIT { NULL, NULL, 0, 0, 0 }

/*
 * The place for the next event, empty; it counts after ev_queue_keep.  Good
 * until the next ev_queue_next.
 */
struct ev_entry *ev_queue_next(struct ev_queue *queue,
	    struct ev_extra **extra);
void	ev_queue_keep(struct ev_queue *queue);
/* Is it time to write? */
bool	ev_queue_full(const struct ev_queue *queue);
/* Forgets the events, keeps the memory. */
void	ev_queue_reset(struct ev_queue *queue);

/*
 * Puts new ids into the events that have none yet, as if the log were empty.
 * -1: EV_NOW is not a time.
 */
int	ev_queue_put_ids(struct ev_queue *queue, struct ev_err *err);

/*
 * For a dry run: puts new ids in where the store would, as if the log were
 * empty, and calls everything written.  -1: EV_NOW is not a time.
 */
int	ev_queue_dry(struct ev_queue *queue, struct ev_err *err);

/*
 * Appends the id of a written event as people see it: with its prefix, and of
 * an event without one the derived id (~…).
 */
void	ev_queue_id(const struct ev_entry *entry, struct ev_buf *out);

#endif
