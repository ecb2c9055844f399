/*
 * limit: which of the matches are wanted (-n).
 */
#ifndef EV_READ_LIMIT_H
#define EV_READ_LIMIT_H

#include <stdint.h>

#include "base/err.h"

enum ev_limit_kind {
	EV_LIMIT_ALL,
	EV_LIMIT_LAST,		/* the last n */
	EV_LIMIT_FROM		/* from match n on, the first is 1 */
};

struct ev_limit {
	enum ev_limit_kind	kind;
	uint64_t		n;
};

/* Reads N, all or +N. */
int	ev_limit_parse(struct ev_limit *limit, const char *text,
	    struct ev_err *err);

/* How many of so many matches are within. */
uint64_t ev_limit_count(const struct ev_limit *limit, uint64_t matches);

#endif
