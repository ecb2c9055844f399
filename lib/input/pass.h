/*
 * pass: every event of one source, on all cores, with the order kept.
 *
 * The source is cut into blocks (6-speed 6.3); workers read and validate
 * blocks of a large seekable file side by side, one worker does all else.
 * Within a block a worker calls event() for each sound event; then flush() is
 * called for the blocks in their order, one at a time.
 */
#ifndef EV_INPUT_PASS_H
#define EV_INPUT_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "event/event.h"
#include "input/source.h"
#include "input/tally.h"
#include "out/progress.h"

#define EV_PASS_THREADS_OVER	128u	/* blocks (64 MiB); fewer: one thread */
#define EV_PASS_THREADS_MOST	16u

struct ev_pass {
	const struct ev_model	*model;
	size_t			 max_line;	/* bytes; 0: 64 MiB */
	unsigned		 threads;	/* 0: as many as cores */
	bool			 strict;	/* a damaged line is an error */
	/*
	 * Only lines that hold this text (or a "\u" escape) are looked at;
	 * damage elsewhere is then not counted.  NULL: every line is.
	 */
	const char		*literal;
	/* With a literal: the other lines are validated all the same, and
	 * their damage is counted. */
	bool			 check;
	/* Bytes per block, a power of two; 0: 512 KiB, tests set less; threads
	 * are used for more than 128 blocks. */
	size_t			 block;
	struct ev_progress	*progress;	/* that is told; may be NULL */

	void	*arg;
	/* A worker's own state (NULL function: state is arg, one worker). */
	void	*(*start)(void *arg);
	/* One event at byte `offset` of the source. */
	void	(*event)(void *state, struct ev_event *ev, uint64_t offset);
	/* A block is done; 0 go on, 1 enough, -1 failed.  May be NULL. */
	int	(*flush)(void *arg, void *state, struct ev_err *err);
	/* For each state when all is over, also when the run failed or was
	 * enough (what was not flushed is then to be dropped), in the thread of
	 * the caller; may be NULL. */
	void	(*finish)(void *arg, void *state);
};

/*
 * Runs over the source from byte `from` (a line's start; 0 unless seekable).
 * Fills *tally (reset first); its `first` is 0 unless from is.  0, or -1; with
 * strict the message names line and reason, and what stood before that line
 * was flushed.  A line cut by the end of the source: 2-store I7; it is torn
 * when it is no event.  A byte order mark at byte 0 belongs to no line.
 */
int	ev_pass_run(const struct ev_pass *pass, struct ev_source *source,
	    uint64_t from, struct ev_tally *tally, struct ev_err *err);

#endif
