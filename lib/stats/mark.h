/*
 * mark: the first or last of many events in replay order (4-views 4.1), and
 * what it said.
 *
 * Events are ordered by time (those without one come last), of one time by id
 * (one without an id first), then by their bytes; so the answer is the same
 * for any split of the input.
 */
#ifndef EV_STATS_MARK_H
#define EV_STATS_MARK_H

#include <stdbool.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"

/* All zero: no event yet.  The texts are the mark's. */
struct ev_mark {
	bool		set, timed;
	struct timespec	time;
	struct ev_buf	id, line;
	struct ev_buf	text;	/* what it said */
};

/*
 * Takes the event when the mark has none or a sooner one; EV_ID and EV_TIME
 * must be wanted.  text is copied.
 */
void	ev_mark_last(struct ev_mark *mark, struct ev_event *ev,
	    struct ev_slice text);
/* -1, 0, 1; one that is not set comes first. */
int	ev_mark_cmp(const struct ev_mark *a, const struct ev_mark *b);
/* into becomes the later of the two; from keeps the other. */
void	ev_mark_merge(struct ev_mark *into, struct ev_mark *from);
void	ev_mark_clear(struct ev_mark *mark);

/* Appends a JSON object (null for none), and reads it: -1 when it is none. */
void	ev_mark_save(const struct ev_mark *mark, struct ev_buf *out);
int	ev_mark_load(struct ev_mark *mark, const struct ev_val *val);

/* Appends [seconds,nanoseconds], and reads it: false when it is none. */
void	ev_mark_save_time(struct timespec time, struct ev_buf *out);
bool	ev_mark_load_time(const struct ev_val *val, struct timespec *out);

#endif
