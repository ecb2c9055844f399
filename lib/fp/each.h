/*
 * each: one piece of output for each event, made side by side, printed in the
 * order of the input.
 */
#ifndef EV_FP_EACH_H
#define EV_FP_EACH_H

#include <stdbool.h>
#include <stdint.h>

#include "fp/mark.h"
#include "out/sink.h"
#include "read/reading.h"

struct ev_each {
	/* The caller's. */
	const struct ev_reading		*reading;
	const struct ev_mark_way	*way;
	struct ev_sink			*sink;
	/* Appends what is printed of an event; several threads at once.  True:
	 * it counts as a hit. */
	bool		(*event)(const void *arg, struct ev_marker *marker,
			    struct ev_event *ev, struct ev_buf *out);
	const void	*arg;

	uint64_t	 matches, hits;
	bool		 broken;	/* output failed: go no further */
};

/* Reads all sources and prints.  0, or -1 when anything failed, all of which
 * was told. */
int	ev_each_run(struct ev_each *each, struct ev_source *sources,
	    size_t count);

#endif
