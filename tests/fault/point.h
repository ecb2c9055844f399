/*
 * point: one place where a run is disturbed, and what must hold after it: the
 * points of C1 (kills, foreign writers) and of C2 (calls that fail).
 */
#ifndef FAULT_POINT_H
#define FAULT_POINT_H

#include <stddef.h>

#include "after.h"
#include "stage.h"

struct point {
	int		 what;	/* as the suite has it */
	size_t		 call;	/* 0: the first */
	size_t		 byte;	/* of a write or read; or a suite's own */
};

/* A kind of disturbance. */
struct suite {
	const struct scene *scenes;
	/*
	 * All points of a stage, of the bytes in writes (or of all points)
	 * every nth and the outermost; malloced, *n is their number.
	 */
	struct point *(*list)(const struct stage *stage, size_t nth,
		    size_t *n);
	/* Disturbs, runs another ev-emit, runs the disturbed one again,
	 * looks. */
	void	(*attempt)(const struct stage *stage, const struct desk *desk,
		    const struct point *point, struct finding *finding);
	/* "killed after byte 17 of call 9 (write of 512 bytes, .events/state)" */
	void	(*name)(const struct stage *stage, const struct point *point,
		    char *text, size_t size);
};

extern const struct suite suite_kills, suite_errors;

#endif
