#include "read/play.h"

#include <stdlib.h>

#include "base/mem.h"

struct walk {
	struct ev_play *play;
	struct ev_sorted *sorted;
	struct ev_event *ev;
	struct ev_buf line[2]; /* the one at hand and the last */
	bool turn;
	size_t *pick; /* to be given afterwards */
	size_t n, cap;
	bool repeats;	/* in the stretches at hand */
	uint64_t found; /* events of them that are there still */
	struct ev_err *err;
	int r;
};

/* Hands one line over, which ends in LF; ev: it was read already. */
static int
give(struct walk *walk, struct ev_slice line, struct ev_event *ev)
{
	struct ev_play *play = walk->play;

	if (play->bytes != NULL)
		return play->bytes(play->arg, line.p, line.n + 1, walk->err);
	if (play->event == NULL)
		return 0;
	if (ev == NULL) {
		ev = walk->ev;
		if (ev_event_read(ev, line.p, line.n) != EV_SCAN_OK)
			return ev_fail(
			    walk->err, "a line changed while it was read");
	}
	return play->event(play->arg, ev, walk->err);
}

/* Reads item i: 1; 0 when it repeats the one before; -1. */
static int
step(struct walk *walk, size_t i, struct ev_slice *line)
{
	struct ev_buf *now = &walk->line[walk->turn];
	const struct ev_buf *before = &walk->line[!walk->turn];

	if (ev_order_line(walk->sorted->order, i, now, NULL, walk->err) == -1)
		return -1;
	*line = (struct ev_slice){ now->p, now->n - 1 };
	if (!walk->play->distinct)
		return 1;
	/* equal bytes stand side by side in this order */
	if (ev_slice_eq(ev_buf_slice(now), ev_buf_slice(before)))
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

/* A match going forth: counted, and given unless it is before the limit. */
static int
take(struct walk *walk, struct ev_slice line, struct ev_event *ev)
{
	struct ev_play *play = walk->play;

	play->matches++;
	if (play->limit.kind == EV_LIMIT_FROM && play->matches < play->limit.n)
		return 0;
	return give(walk, line, ev);
}

/* Items [from, to) of the order. */
static int
play_items(struct walk *walk, size_t from, size_t to)
{
	struct ev_slice line;
	size_t i;
	int r = 0;

	for (i = from; i < to && r == 0; i++) {
		r = step(walk, i, &line);
		if (r == 1)
			r = take(walk, line, NULL);
	}
	return r;
}

/* From the last item on; what is wanted the other way round is picked first. */
static int
play_back(struct walk *walk)
{
	struct ev_play *play = walk->play;
	const struct ev_limit *limit = &play->limit;
	size_t i = ev_order_count(walk->sorted->order);
	struct ev_slice line;
	int r = 0;

	while (i > 0 && r == 0 &&
	    (limit->kind != EV_LIMIT_LAST || play->matches < limit->n)) {
		r = step(walk, --i, &line);
		if (r == 0)
			continue;
		play->matches++;
		if (r == 1 && play->reverse)
			r = give(walk, line, NULL);
		else if (r == 1) {
			pick(walk, i);
			r = 0;
		}
	}
	return r;
}

/* What was picked, the last first. */
static int
play_picked(struct walk *walk)
{
	struct ev_slice line;
	int r = 0;

	while (walk->n > 0 && r == 0) {
		ev_buf_reset(&walk->line[!walk->turn]);
		r = step(walk, walk->pick[--walk->n], &line);
		if (r == 1)
			r = give(walk, line, NULL);
	}
	return r;
}

/* From match N on, the last first: they are picked on the way there. */
static int
play_from(struct walk *walk)
{
	const struct ev_limit *limit = &walk->play->limit;
	size_t count = ev_order_count(walk->sorted->order), i;
	struct ev_slice line;
	int r;

	for (i = 0; i < count; i++) {
		r = step(walk, i, &line);
		if (r == -1)
			return -1;
		if (r == 1 && ++walk->play->matches >= limit->n)
			pick(walk, i);
	}
	return play_picked(walk);
}

/* An event of stretches that are read again. */
static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct walk *walk = state;
	struct ev_buf *now = &walk->line[0];

	(void)offset;
	if (walk->r != 0 || !ev_filter_match(walk->sorted->reading->filter, ev))
		return;
	walk->found++;
	if (walk->repeats) {
		if (ev_slice_eq(ev->line, ev_buf_slice(now)))
			return;
		ev_buf_reset(now);
		ev_buf_addslice(now, ev->line);
	}
	walk->r = take(walk, ev->line, ev);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	(void)state;
	(void)err;
	return ((struct walk *)arg)->r;
}

/* Stretches that follow one another in one source. */
static int
play_stretches(struct walk *walk, const struct ev_stretch *v, size_t n)
{
	struct ev_play *play = walk->play;
	struct ev_pass pass = { .arg = walk, .event = event, .flush = flush };
	bool each = play->limit.kind != EV_LIMIT_ALL || play->event != NULL;
	uint64_t events = 0;
	size_t i;

	walk->repeats = false;
	for (i = 0; i < n; i++) {
		events += v[i].events;
		walk->repeats |= v[i].repeats && play->distinct;
		each |= play->bytes != NULL && !v[i].whole;
	}
	if (!each && !walk->repeats) {
		play->matches += events;
		return play->bytes == NULL ?
		    0 :
		    ev_sorted_copy(walk->sorted, v, &v[n - 1], play->bytes,
			play->arg, walk->err);
	}
	ev_buf_reset(&walk->line[0]);
	walk->found = 0;
	if (ev_sorted_again(walk->sorted, &pass, v, &v[n - 1], walk->err) == -1)
		return -1;
	if (walk->r == 0 && walk->found != events)
		return ev_sorted_changed(walk->sorted, v, walk->err);
	return walk->r;
}

static bool
goes_on(const struct ev_stretch *a, const struct ev_stretch *b)
{
	return a->before == b->before && ev_stretch_follows(a, b) &&
	    a->whole == b->whole && a->repeats == b->repeats &&
	    (!a->whole || ev_stretch_end(a) + 1 == ev_stretch_from(b));
}

static int
play_on(struct walk *walk)
{
	const struct ev_stretches *stretches = &walk->sorted->stretches;
	const struct ev_stretch *v = stretches->v;
	size_t from, to, done = 0;
	int r = 0;

	for (from = 0; from < stretches->n && r == 0; from = to) {
		for (to = from + 1; to < stretches->n; to++)
			if (!goes_on(&v[to - 1], &v[to]))
				break;
		r = play_items(walk, done, v[from].before);
		done = v[from].before;
		if (r == 0)
			r = play_stretches(walk, v + from, to - from);
	}
	if (r == 0)
		r = play_items(walk, done, ev_order_count(walk->sorted->order));
	return r;
}

int
ev_play(struct ev_play *play, struct ev_sorted *sorted, struct ev_err *err)
{
	struct walk walk = { .play = play, .sorted = sorted, .err = err };
	bool last = play->limit.kind == EV_LIMIT_LAST;
	int r;

	play->matches = 0;
	walk.ev = ev_event_new(sorted->reading->model);
	if (play->reverse && play->limit.kind == EV_LIMIT_FROM)
		r = play_from(&walk);
	else if (play->reverse || last)
		r = play_back(&walk);
	else
		r = play_on(&walk);
	if (r == 0 && last && !play->reverse)
		r = play_picked(&walk);
	ev_event_free(walk.ev);
	ev_buf_clear(&walk.line[0]);
	ev_buf_clear(&walk.line[1]);
	free(walk.pick);
	return r == -1 ? -1 : 0;
}
