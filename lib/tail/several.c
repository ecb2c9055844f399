#include "tail/several.h"

#include <stdlib.h>

#include "base/mem.h"
#include "input/order.h"
#include "input/pass.h"
#include "tail/forward.h"

struct place {
	uint64_t offset;
	uint32_t n;
	bool has_time;
	struct timespec time;
};

/* What a worker finds in a block. */
struct block {
	struct ev_several *several;
	struct place *v;
	size_t n, cap;
};

struct ev_several {
	struct ev_tail *tail;
	struct ev_source *sources;
	struct ev_order *order;
	size_t present; /* source that is read */
};

struct ev_several *
ev_several_new(struct ev_tail *tail, struct ev_source *sources, size_t count)
{
	struct ev_several *several = ev_calloc(1, sizeof(*several));

	several->tail = tail;
	several->sources = sources;
	several->order = ev_order_new(tail->model, sources, count);
	return several;
}

void
ev_several_free(struct ev_several *several)
{
	if (several == NULL)
		return;
	ev_order_free(several->order);
	free(several);
}

static void *
start(void *arg)
{
	struct block *block = ev_calloc(1, sizeof(*block));

	block->several = arg;
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	free(block->v);
	free(block);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	struct place *place;

	if (!ev_filter_match(block->several->tail->filter, ev))
		return;
	if (block->n == block->cap) {
		block->cap = block->cap == 0 ? 256 : block->cap * 2;
		block->v = ev_realloc(block->v, block->cap, sizeof(*block->v));
	}
	place = &block->v[block->n++];
	place->offset = offset;
	place->n = (uint32_t)ev->line.n;
	place->has_time = ev_event_time(ev, &place->time);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct ev_several *several = arg;
	struct block *block = state;
	const struct place *place;
	size_t i;

	(void)err;
	for (i = 0; i < block->n; i++) {
		place = &block->v[i];
		ev_order_add(several->order, several->present, place->offset,
		    place->n, place->has_time, place->time);
	}
	block->n = 0;
	return 0;
}

static void
progress(void *arg, uint64_t bytes)
{
	const struct ev_several *several = arg;

	ev_progress_tick(several->tail->progress, bytes);
}

int
ev_several_read(struct ev_several *several, size_t source,
    struct ev_tally *tally, struct ev_err *err)
{
	struct ev_pass pass = { .arg = several,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish,
		.progress = progress };

	struct ev_source *from = &several->sources[source];
	struct ev_err other;
	bool whole = ev_source_settle(from, err) == 0;
	int r;

	several->present = source;
	if (!whole && (!from->seekable || several->tail->strict))
		return -1;
	r = ev_tail_pass(
	    several->tail, &pass, from, tally, whole ? err : &other);
	return whole ? r : -1;
}

/* Which of the sorted events are walked, and which way. */
struct walk {
	struct ev_several *several;
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

	if (ev_order_line(walk->several->order, i, now, NULL, err) == -1)
		return -1;
	*line = ev_buf_slice(now);
	if (line->n > 0 && line->p[line->n - 1] == '\n')
		line->n--;
	if (walk->several->tail->seen == NULL)
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
	struct ev_tail *tail = walk->several->tail;
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
		    ev_tail_line(walk->several->tail, walk->ev, line.p, line.n,
			err) == -1)
			return -1;
	}
	return 0;
}

int
ev_several_print(struct ev_several *several, struct ev_err *err)
{
	struct ev_tail *tail = several->tail;
	struct walk walk = { .several = several,
		.line = { EV_BUF_INIT, EV_BUF_INIT } };
	size_t count = ev_order_count(several->order), i;
	struct ev_slice line;
	bool back;
	int r = 0;

	if (ev_order_sort(several->order, err) == -1)
		return -1;
	back = tail->limit.kind == EV_LIMIT_LAST ||
	    (tail->reverse && tail->limit.kind == EV_LIMIT_ALL);
	walk.hold = back != tail->reverse;
	walk.ev = ev_event_new(tail->model);
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
