/*
 * ratio: how many of the events that one expression takes another one takes.
 */
#ifndef EV_STATS_RATIO_H
#define EV_STATS_RATIO_H

#include <stdint.h>

#include "base/err.h"
#include "filter/expr.h"

struct ev_ratio {
	char		*name;
	struct ev_expr	*over, *under;
};

/*
 * Reads NAME=EXPR / EXPR (the slash between blanks, outside quotes and
 * parentheses) and wants of the model what both need.  -1: what is wrong.
 * Release with ev_ratio_clear.
 */
int	ev_ratio_parse(struct ev_ratio *ratio, const char *text, bool utc,
	    struct ev_model *model, struct ev_err *err);
void	ev_ratio_clear(struct ev_ratio *ratio);

/* Counts an event in pair[0] when the first takes it, in pair[1] when the
 * second does. */
void	ev_ratio_note(const struct ev_ratio *ratio, struct ev_event *ev,
	    uint64_t pair[2]);

#endif
