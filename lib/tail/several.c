#include "tail/several.h"

#include <stdlib.h>

#include "base/mem.h"

/* Which of the sorted events are walked, and which way. */
struct walk {
	struct ev_tail *tail;
	struct ev_sorted *sorted;
	struct ev_event *ev;
	struct ev_buf line[2]; /* this one and the last */
	size_t turn;
	size_t *pick; /* to print afterwards */
	size_t n, cap;
	bool hold;
};

/* Reads event i; 1 when it is wanted, 0 when it repeats the one before. */
static int
step(struct walk *walk, size_t i, struct ev_slice *line, struct ev_err *err)
{
	struct ev_buf *now = &walk->line[walk->turn];
	const struct ev_buf *before = &walk->line[!walk->turn];

	if (ev_sorted_line(walk->sorted, i, now, err) == -1)
		return -1;
	*line = ev_buf_slice(now);
	if (line->n > 0 && line->p[line->n - 1] == '\n')
		line->n--;
	if (walk->tail->seen == NULL)
		return 1;
	/* equal bytes stand side by side in this order */
	if (before->n == now->n &&
	    ev_slice_eq(ev_buf_slice(now), ev_buf_slice(before)))
		return 0;
	walk->turn = !walk->turn;
	return 1;
}

static void
pick(struct walk *walk, size_t i)
{
	if (walk->n == walk->cap) {
		walk->cap = walk->cap == 0 ? 256 : walk->cap * 2;
		walk->pick =
		    ev_realloc(walk->pick, walk->cap, sizeof(*walk->pick));
	}
	walk->pick[walk->n++] = i;
}

/* One event that is no repeat; 1: enough. */
static int
take(struct walk *walk, size_t i, struct ev_slice line, struct ev_err *err)
{
	struct ev_tail *tail = walk->tail;
	const struct ev_limit *limit = &tail->limit;

	tail->matches++;
	if (limit->kind == EV_LIMIT_FROM && tail->matches < limit->n)
		return 0;
	if (limit->kind == EV_LIMIT_LAST && limit->n == 0)
		return 1;
	if (walk->hold)
		pick(walk, i);
	else if (ev_tail_line(tail, walk->ev, line.p, line.n, err) == -1)
		return -1;
	return limit->kind == EV_LIMIT_LAST && tail->matches >= limit->n;
}

/* What was held, the last first. */
static int
print_held(struct walk *walk, struct ev_err *err)
{
	struct ev_slice line;

	while (walk->n > 0) {
		walk->line[!walk->turn].n = 0;
		if (step(walk, walk->pick[--walk->n], &line, err) == -1 ||
		    ev_tail_line(walk->tail, walk->ev, line.p, line.n, err) ==
			-1)
			return -1;
	}
	return 0;
}

int
ev_tail_several(
    struct ev_tail *tail, struct ev_sorted *sorted, struct ev_err *err)
{
	struct walk walk = { .tail = tail,
		.sorted = sorted,
		.line = { EV_BUF_INIT, EV_BUF_INIT } };
	size_t count, i;
	struct ev_slice line;
	bool back;
	int r = 0;

	if (ev_sorted_sort(sorted, err) == -1)
		return -1;
	count = ev_sorted_count(sorted);
	back = tail->limit.kind == EV_LIMIT_LAST ||
	    (tail->reverse && tail->limit.kind == EV_LIMIT_ALL);
	walk.hold = back != tail->reverse;
	walk.ev = ev_event_new(tail->read->model);
	for (i = 0; i < count && r == 0; i++) {
		r = step(&walk, back ? count - 1 - i : i, &line, err);
		if (r == 1)
			r = take(&walk, back ? count - 1 - i : i, line, err);
	}
	if (r >= 0)
		r = print_held(&walk, err);
	ev_event_free(walk.ev);
	ev_buf_clear(&walk.line[0]);
	ev_buf_clear(&walk.line[1]);
	free(walk.pick);
	return r;
}
