#include "tail/one.h"

#include "tail/backward.h"
#include "tail/forward.h"

/* From behind nobody knows which copy is the first, which match has number N,
 * or where a time begins. */
static bool
from_behind(const struct ev_tail *tail)
{
	if (tail->count || tail->seen != NULL || tail->filter->has_since ||
	    tail->limit.kind == EV_LIMIT_FROM)
		return false;
	return tail->reverse || tail->limit.kind == EV_LIMIT_LAST;
}

int
ev_tail_one(struct ev_tail *tail, struct ev_source *source,
    struct ev_tally *tally, struct ev_err *err)
{
	if (tail->reverse && !tail->count &&
	    ev_source_settle(source, err) == -1)
		return -1;
	if (source->seekable && from_behind(tail))
		return ev_tail_backward(tail, source, tally, err);
	return ev_tail_forward(tail, source, tally, err);
}
