/*
 * reading: how inputs are read, whatever is made of their events.
 */
#ifndef EV_READ_READING_H
#define EV_READ_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "filter/filter.h"
#include "input/pass.h"
#include "read/say.h"

struct ev_reading {
	const struct ev_model	*model;		/* sealed */
	const struct ev_filter	*filter;
	const struct ev_say	*say;
	bool			 strict;	/* a damaged line is the end */
	size_t			 max_line;	/* bytes; 0: 64 MiB */
	unsigned		 threads;	/* 0: one per core */
	const char		*literal;	/* of ev_pass; may be NULL */
	bool			 check;		/* of ev_pass */
	size_t			 block;		/* of ev_pass */
	uint64_t		 start;		/* byte of the one source where
						 * reading begins, a line's */
};

/*
 * ev_pass_run over a source; the functions and arg of *pass are the caller's,
 * the rest is set from here.  pass.event() gets all sound events: it is to ask
 * the filter.  With a lower bound of time reading begins where the bound may
 * first be met (input/probe.h); of such a source no line numbers are known.
 */
int	ev_reading_pass(const struct ev_reading *reading,
	    struct ev_pass *pass, struct ev_source *source,
	    struct ev_tally *tally, struct ev_err *err);

/*
 * The same over a source that is settled first, so that it can be read again:
 * of one that broke off what was had of it is read, and the result is -1; with
 * strict it is -1 at once.
 */
int	ev_reading_settled(const struct ev_reading *reading,
	    struct ev_pass *pass, struct ev_source *source,
	    struct ev_tally *tally, struct ev_err *err);

/* Reads source number i and fills *tally; the terms of ev_pass_run. */
typedef int ev_reading_one(void *arg, size_t i, struct ev_tally *tally,
    struct ev_err *err);

/*
 * Calls one() for each source in turn, with progress, and tells of each what
 * was damaged.  One that cannot be read is told, and the others are gone on
 * with; but strict, or *broken being true, is the end of it.  0; -1: that
 * happened.
 */
int	ev_reading_each(const struct ev_reading *reading,
	    const struct ev_source *sources, size_t count, const bool *broken,
	    ev_reading_one *one, void *arg);

#endif
