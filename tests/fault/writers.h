/*
 * writers: ev-emits side by side, and how they are killed.
 */
#ifndef FAULT_WRITERS_H
#define FAULT_WRITERS_H

#include <signal.h>
#include <stddef.h>

#define WRITERS_MOST 256
#define WRITERS_PATH 512

struct writers {
	/* by the caller */
	size_t		 count, events, kills;
	size_t		 most;			/* events of a batch; 0: any */
	const char	*command;		/* ev-emit */
	char		 log[WRITERS_PATH];
	char		 lock[WRITERS_PATH];	/* the store's lock file */
	char		 says[WRITERS_PATH];	/* gets what they say */
	/* the outcome */
	size_t		 killed, holders;	/* the latter with the lock */
	size_t		 failed;		/* ended by themselves, not 0 */
};

/*
 * Writes all events, "evt-0" and on, and kills as many writers meanwhile, for
 * which events are added on a busy machine; until *ended is set.
 */
void	writers_run(struct writers *writers, const volatile sig_atomic_t *ended);
/* One more event, undisturbed: what was left undone is done by it. */
void	writers_last(struct writers *writers);
/* Kills those that still run. */
void	writers_end(void);

#endif
