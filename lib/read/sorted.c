#include "read/sorted.h"

#include <stdlib.h>

#include "base/mem.h"
#include "input/block.h"

/* What a worker finds in a block. */
struct block {
	struct ev_sorted *sorted;
	struct ev_places places;
};

struct ev_sorted *
ev_sorted_new(const struct ev_reading *reading, struct ev_source *sources,
    size_t count, bool onward)
{
	struct ev_sorted *sorted = ev_calloc(1, sizeof(*sorted));

	sorted->reading = reading;
	sorted->sources = sources;
	sorted->order = ev_order_new(reading->model, sources, count);
	sorted->onward = onward;
	return sorted;
}

void
ev_sorted_free(struct ev_sorted *sorted)
{
	if (sorted == NULL)
		return;
	ev_stretches_clear(&sorted->stretches);
	ev_order_free(sorted->order);
	free(sorted);
}

static void *
start(void *arg)
{
	struct block *block = ev_calloc(1, sizeof(*block));

	block->sorted = arg;
	ev_places_init(&block->places, block->sorted->reading->model);
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	ev_places_clear(&block->places);
	free(block);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	struct ev_sorted *sorted = block->sorted;

	if (ev_filter_match(sorted->reading->filter, ev))
		ev_places_add(&block->places, sorted->present, ev, offset);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct ev_sorted *sorted = arg;
	struct ev_places *places = &((struct block *)state)->places;
	size_t i;

	(void)err;
	sorted->blocks++;
	if (sorted->onward && ev_stretch_pays(places))
		ev_stretches_add(&sorted->stretches, sorted->blocks, places);
	else
		for (i = 0; i < places->n; i++)
			ev_order_add(sorted->order, places->v[i]);
	ev_places_reset(places);
	return 0;
}

int
ev_sorted_read(
    void *arg, size_t source, struct ev_tally *tally, struct ev_err *err)
{
	struct ev_sorted *sorted = arg;
	struct ev_pass pass = { .arg = sorted,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };

	sorted->present = source;
	return ev_reading_settled(
	    sorted->reading, &pass, &sorted->sources[source], tally, err);
}

int
ev_sorted_again(struct ev_sorted *sorted, struct ev_pass *pass,
    const struct ev_stretch *first, const struct ev_stretch *last,
    struct ev_err *err)
{
	const struct ev_reading *reading = sorted->reading;
	struct ev_source part = sorted->sources[ev_item_source(&first->first)];
	uint64_t end =
	    ev_stretch_end(last) + 1; /* with its LF, if it has one */
	struct ev_tally tally;

	if (end < part.size)
		part.size = end;
	pass->model = reading->model;
	pass->max_line = reading->max_line;
	pass->threads = reading->threads;
	pass->literal = reading->literal;
	pass->block = reading->block;
	return ev_pass_run(pass, &part, ev_stretch_from(first), &tally, err);
}

bool
ev_sorted_ends(
    const struct ev_sorted *sorted, struct ev_item *first, struct ev_item *last)
{
	const struct ev_stretches *stretches = &sorted->stretches;
	size_t items = ev_order_count(sorted->order), n = stretches->n;

	if (items + n == 0)
		return false;
	if (n > 0 && stretches->v[0].before == 0)
		*first = stretches->v[0].first;
	else
		*first = *ev_order_at(sorted->order, 0);
	if (n > 0 && stretches->v[n - 1].before == items)
		*last = stretches->v[n - 1].last;
	else
		*last = *ev_order_at(sorted->order, items - 1);
	return true;
}

/* Bytes [at, at + n) of a source; the LF behind its last byte may be missing
 * there. */
static int
read_part(const struct ev_source *source, uint64_t at, size_t n, bool last,
    char *to, struct ev_err *err)
{
	ssize_t got = ev_source_at(source, to, n, at, err);

	if (got < 0)
		return -1;
	if ((size_t)got + last < n)
		return ev_fail(
		    err, "cannot read '%s': it became shorter", source->name);
	if (last)
		to[n - 1] = '\n';
	return 0;
}

int
ev_sorted_copy(struct ev_sorted *sorted, const struct ev_stretch *first,
    const struct ev_stretch *last,
    int (*bytes)(void *arg, const char *p, size_t n, struct ev_err *err),
    void *arg, struct ev_err *err)
{
	const struct ev_source *source =
	    &sorted->sources[ev_item_source(&first->first)];
	uint64_t at = ev_stretch_from(first), end = ev_stretch_end(last) + 1;
	char *block = ev_block_alloc(EV_BLOCK_SIZE);
	size_t n;
	int r = 0;

	for (; at < end && r == 0; at += n) {
		/* aligned as a block is */
		n = EV_BLOCK_SIZE - at % EV_BLOCK_SIZE;
		if (n > end - at)
			n = (size_t)(end - at);
		r = read_part(source, at, n, at + n == end, block, err);
		if (r == 0)
			r = bytes(arg, block, n, err);
	}
	ev_block_free(block, EV_BLOCK_SIZE);
	return r;
}

int
ev_sorted_changed(const struct ev_sorted *sorted,
    const struct ev_stretch *stretch, struct ev_err *err)
{
	return ev_fail(err, "'%s' changed while it was read",
	    sorted->sources[ev_item_source(&stretch->first)].name);
}

/* Reads the open stretches into the order. */
static int
reopen(struct ev_sorted *sorted, struct ev_err *err)
{
	const struct ev_stretch *v = sorted->stretches.v;
	struct ev_pass pass = { .arg = sorted,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };
	size_t n = sorted->stretches.n, from, to;
	uint64_t events, before;

	sorted->onward = false;
	for (from = 0; from < n; from = to) {
		events = v[from].events;
		for (to = from + 1; to < n && v[to].open == v[from].open;
		     to++) {
			if (!ev_stretch_follows(&v[to - 1], &v[to]))
				break;
			events += v[to].events;
		}
		if (!v[from].open)
			continue;
		sorted->present = ev_item_source(&v[from].first);
		before = ev_order_count(sorted->order);
		if (ev_sorted_again(sorted, &pass, &v[from], &v[to - 1], err) ==
		    -1)
			return -1;
		if (ev_order_count(sorted->order) - before != events)
			return ev_sorted_changed(sorted, &v[from], err);
	}
	return 0;
}

int
ev_sorted_sort(struct ev_sorted *sorted, struct ev_err *err)
{
	struct ev_stretches *stretches = &sorted->stretches;
	bool open;

	if (ev_order_sort(sorted->order, err) == -1 ||
	    ev_stretches_arrange(stretches, sorted->order, &open, err) == -1)
		return -1;
	if (open &&
	    (reopen(sorted, err) == -1 ||
		ev_order_sort(sorted->order, err) == -1))
		return -1;
	return ev_stretches_place(stretches, sorted->order, err);
}
