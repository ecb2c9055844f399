/*
 * job: what ev-tail was asked for, and how an event gets out.
 */
#ifndef EV_TAIL_JOB_H
#define EV_TAIL_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "event/event.h"
#include "out/sink.h"
#include "out/writer.h"
#include "read/limit.h"
#include "read/reading.h"
#include "read/seen.h"

struct ev_tail {
	/* The caller's. */
	struct ev_reading	*read;
	const struct ev_writer	*writer;
	struct ev_sink		*sink;
	struct ev_seen		*seen;		/* NULL: repeats stay */
	struct ev_limit		 limit;
	bool			 reverse;	/* newest first */
	bool			 count;		/* count, print nothing */

	/* What came of it: the matches (distinct ones with seen) that were
	 * looked at; from behind no more than are wanted. */
	uint64_t		 matches;
	bool			 broken;	/* output failed: go no further */

	struct ev_buf		 text;		/* scratch */
	struct ev_sha256	*sha;		/* scratch, while following */
};

/* Text to the sink; 0 or -1, and then the job is broken. */
int	ev_tail_put(struct ev_tail *tail, const char *p, size_t n,
	    struct ev_err *err);
/* One event to the sink in the job's format. */
int	ev_tail_event(struct ev_tail *tail, struct ev_event *ev,
	    struct ev_err *err);
/* A stored line to the sink; it is followed by LF or NUL and EV_SCAN_PAD
 * readable bytes. */
int	ev_tail_line(struct ev_tail *tail, struct ev_event *ev,
	    const char *line, size_t n, struct ev_err *err);

#endif
