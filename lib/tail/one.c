#include "tail/one.h"

#include "tail/backward.h"
#include "tail/forward.h"

/* From behind nobody knows which copy is the first, which match has number N,
 * or where a time begins. */
static bool
from_behind(const struct ev_tail *tail)
{
	if (tail->count || tail->seen != NULL ||
	    tail->read->filter->has_since || tail->read->start > 0 ||
	    tail->limit.kind == EV_LIMIT_FROM)
		return false;
	return tail->reverse || tail->limit.kind == EV_LIMIT_LAST;
}

int
ev_tail_one(struct ev_tail *tail, struct ev_source *source,
    struct ev_tally *tally, struct ev_err *err)
{
	struct ev_err other;
	bool whole;
	int r;

	whole =
	    !tail->reverse || tail->count || ev_source_settle(source, err) == 0;
	if (!whole && (!source->seekable || tail->read->strict))
		return -1;
	r = source->seekable && from_behind(tail) ?
	    ev_tail_backward(tail, source, tally, whole ? err : &other) :
	    ev_tail_forward(tail, source, tally, whole ? err : &other);
	return whole ? r : -1;
}
