#include "tail/backward.h"

#include "input/back.h"
#include "tail/held.h"

/* Up to so many lines are kept by their bytes, which costs no second read. */
#define COPY_MOST 4096

struct run {
	struct ev_tail *tail;
	struct ev_held held;
	bool hold;
	struct ev_err *err;
	int r;
};

/* 1: enough. */
static int
event(void *arg, struct ev_event *ev, uint64_t offset)
{
	struct run *run = arg;
	struct ev_tail *tail = run->tail;
	const struct ev_limit *limit = &tail->limit;

	if (!ev_filter_match(tail->read->filter, ev))
		return 0;
	tail->matches++;
	if (limit->kind == EV_LIMIT_LAST && limit->n == 0)
		return 1;
	if (run->hold)
		ev_held_add(&run->held, offset, ev->line);
	else
		run->r = ev_tail_event(tail, ev, run->err);
	return run->r == -1 ||
	    (limit->kind == EV_LIMIT_LAST && tail->matches == limit->n);
}

int
ev_tail_backward(struct ev_tail *tail, struct ev_source *source,
    struct ev_tally *tally, struct ev_err *err)
{
	struct run run = { .tail = tail, .held = EV_HELD_INIT, .err = err };
	int r;

	run.hold = !tail->reverse;
	run.held.copy = tail->limit.n <= COPY_MOST;
	r = ev_back_run(source, tail->read->model, tail->read->max_line,
	    tail->read->strict, event, &run, tally, err);
	if (r == 0)
		r = run.r;
	r = ev_held_end(&run.held, source, true, tail, r, err);
	ev_held_clear(&run.held);
	return r;
}
