/*
 * point: one place where a run is disturbed, and what must hold after it.
 */
#ifndef FAULT_POINT_H
#define FAULT_POINT_H

#include <stdbool.h>
#include <stddef.h>

#include "stage.h"

enum disturb {
	KILL_BEFORE,	/* the call */
	KILL_AFTER,
	KILL_BYTE,	/* in a write: so many bytes were written */
	PUT_TORN,	/* before the call another writer appends a part */
	PUT_WHOLE	/* ... or the whole of a line */
};

struct point {
	enum disturb	 what;
	size_t		 call;	/* 0: the first */
	size_t		 byte;	/* KILL_BYTE */
};

enum verdict {
	RIGHT,
	LOST,		/* an event is not in the log after the retry */
	DOUBLED,	/* an event is there twice */
	VIEWS,		/* day files, feed or log are not what they should be */
	MISSING,	/* an id was printed, its event is not there */
	IDLE,		/* the disturbance did not happen, or a run after it
			 * failed: the test is void */
	VERDICTS
};

struct finding {
	enum verdict	verdict;
	bool		acked;	/* the disturbed run printed an id */
	char		why[300];
};

/* All points of a stage, of the bytes in writes every nth and the outermost;
 * malloced, *n is their number. */
struct point *point_list(const struct stage *stage, size_t nth, size_t *n);

/* Disturbs, runs another ev-emit, runs the disturbed one again, looks. */
void	point_try(const struct stage *stage, const struct desk *desk,
	    const struct point *point, struct finding *finding);

/* "killed after byte 17 of call 9 (write of 512 bytes, .events/state)". */
void	point_name(const struct stage *stage, const struct point *point,
	    char *text, size_t size);

#endif
