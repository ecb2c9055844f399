/*
 * after: what must hold after a disturbed run.
 */
#ifndef FAULT_AFTER_H
#define FAULT_AFTER_H

#include <stdbool.h>

#include "stage.h"

enum verdict {
	RIGHT,
	LOST,		/* an event is not in the log after the retry */
	DOUBLED,	/* an event is there twice */
	VIEWS,		/* day files, feed or log are not what they should be */
	MISSING,	/* an id was printed, its event is not there */
	MUTE,		/* it failed and did not say what and why */
	IDLE,		/* the disturbance did not happen, or a run after it
			 * failed: the test is void */
	VERDICTS
};

struct finding {
	enum verdict	verdict;
	bool		acked;	/* the disturbed run printed an id */
	char		why[300];
};

/* Notes a finding; the first one counts. */
void	find(struct finding *finding, enum verdict verdict, const char *what,
	    const char *detail);

/* The event stands in the log once. */
void	after_count(const struct tree *tree, const char *id,
	    struct finding *finding);
/* What the disturbed run printed stands in the log. */
void	after_acked(const struct stage *stage, const struct tree *tree,
	    const struct outcome *out, struct finding *finding);
/*
 * Another ev-emit, then the disturbed one again: nothing is lost, doubled or
 * out of step.  *tree is the store in the end.
 */
void	after_retry(const struct stage *stage, const struct desk *desk,
	    struct tree *tree, struct finding *finding);

#endif
