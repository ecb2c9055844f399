/*
 * compare: is a view what the log says?
 */
#ifndef EV_FSCK_COMPARE_H
#define EV_FSCK_COMPARE_H

#include <stdint.h>

#include "base/err.h"
#include "fsck/shot.h"
#include "fsck/truth.h"

enum ev_verdict {
	EV_VIEW_RIGHT,
	EV_VIEW_MISSING,	/* there is no file */
	EV_VIEW_SHORT,		/* lines are missing at its end */
	EV_VIEW_DIFFERS,	/* a line is not what it should be */
	EV_VIEW_EXTRA,		/* it has more than it should have */
	EV_VIEW_BROKEN		/* its compressed file cannot be read */
};

/* The words for people: "differs", "is not the log's line". */
const char *ev_verdict_what(enum ev_verdict verdict);
const char *ev_verdict_why(enum ev_verdict verdict);

/*
 * Compares a day, or the feed (EV_VIEW_FEED), with the log; *line: the first
 * one that is wrong.  0; -1: something cannot be read, or is refused.
 */
int	ev_compare(struct ev_shot *shot, const struct ev_truth *truth,
	    int32_t day, enum ev_verdict *verdict, uint64_t *line,
	    struct ev_err *err);

#endif
