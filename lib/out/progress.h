/*
 * progress: how far long work is, on a terminal's standard error.
 *
 * Nothing is shown before half a second has gone by, and nothing at all when
 * standard error is no terminal.  Threads may tick at once.
 */
#ifndef EV_OUT_PROGRESS_H
#define EV_OUT_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct ev_progress {
	pthread_mutex_t	 lock;
	uint64_t	 total;		/* bytes in all; 0: not known */
	uint64_t	 base;		/* bytes of inputs that are done */
	int64_t		 start, last;	/* ms */
	bool		 on, shown;
};

/* quiet: show nothing. */
void	ev_progress_start(struct ev_progress *progress, uint64_t total,
	    bool quiet);
/* `bytes` of the present input are done. */
void	ev_progress_tick(struct ev_progress *progress, uint64_t bytes);
/* Takes the line away, before something else is written to the terminal. */
void	ev_progress_hide(struct ev_progress *progress);
/* Takes it away for good. */
void	ev_progress_end(struct ev_progress *progress);

#endif
