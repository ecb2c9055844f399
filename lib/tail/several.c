#include "tail/several.h"

#include "out/format.h"
#include "read/play.h"

static int
print_event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	return ev_tail_event(arg, ev, err);
}

static int
print_bytes(void *arg, const char *p, size_t n, struct ev_err *err)
{
	return ev_tail_put(arg, p, n, err);
}

int
ev_tail_several(
    struct ev_tail *tail, struct ev_sorted *sorted, struct ev_err *err)
{
	struct ev_play play = { .limit = tail->limit,
		.reverse = tail->reverse,
		.distinct = tail->seen != NULL,
		.arg = tail };
	int r;

	if (ev_format_stored(tail->writer))
		play.bytes = print_bytes;
	else
		play.event = print_event;
	r = ev_sorted_sort(sorted, err);
	if (r == 0)
		r = ev_play(&play, sorted, err);
	tail->matches += play.matches;
	return r;
}
