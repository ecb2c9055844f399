/*
 * play: all scenes with all their points, shared among workers, and the table
 * of what was found.
 */
#ifndef FAULT_PLAY_H
#define FAULT_PLAY_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "point.h"
#include "run.h"

#define PLAY_JOBS 16	/* workers at most */

struct play {
	const struct suite *suite;
	size_t		 sample;	/* one of so many points */
	unsigned	 jobs;
	bool		 first;		/* stop at the first finding */
	const char	*scene;		/* only this; or NULL */
	struct desk	 desk[PLAY_JOBS];
};

/* Set from a signal handler: stop soon. */
extern volatile sig_atomic_t play_ended;

/* Prints findings and the table.  0: all is right, 1: not, 2: the test itself
 * could not go on. */
int	play(const struct play *p);

#endif
