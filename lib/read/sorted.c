#include "read/sorted.h"

#include <stdlib.h>

#include "base/mem.h"
#include "input/order.h"

struct place {
	uint64_t offset;
	uint32_t n;
	bool has_time;
	struct timespec time;
};

/* What a worker finds in a block. */
struct block {
	struct ev_sorted *sorted;
	struct place *v;
	size_t n, cap;
};

struct ev_sorted {
	const struct ev_reading *reading;
	struct ev_source *sources;
	struct ev_order *order;
	size_t present; /* source that is read */
};

struct ev_sorted *
ev_sorted_new(
    const struct ev_reading *reading, struct ev_source *sources, size_t count)
{
	struct ev_sorted *sorted = ev_calloc(1, sizeof(*sorted));

	sorted->reading = reading;
	sorted->sources = sources;
	sorted->order = ev_order_new(reading->model, sources, count);
	return sorted;
}

void
ev_sorted_free(struct ev_sorted *sorted)
{
	if (sorted == NULL)
		return;
	ev_order_free(sorted->order);
	free(sorted);
}

static void *
start(void *arg)
{
	struct block *block = ev_calloc(1, sizeof(*block));

	block->sorted = arg;
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

	if (!ev_filter_match(block->sorted->reading->filter, ev))
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
	struct ev_sorted *sorted = arg;
	struct block *block = state;
	const struct place *place;
	size_t i;

	(void)err;
	for (i = 0; i < block->n; i++) {
		place = &block->v[i];
		ev_order_add(sorted->order, sorted->present, place->offset,
		    place->n, place->has_time, place->time);
	}
	block->n = 0;
	return 0;
}

static void
progress(void *arg, uint64_t bytes)
{
	const struct ev_sorted *sorted = arg;

	ev_progress_tick(sorted->reading->say->progress, bytes);
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
		.finish = finish,
		.progress = progress };

	struct ev_source *from = &sorted->sources[source];
	struct ev_err other;
	bool whole = ev_source_settle(from, err) == 0;
	int r;

	sorted->present = source;
	if (!whole && (!from->seekable || sorted->reading->strict))
		return -1;
	r = ev_reading_pass(
	    sorted->reading, &pass, from, tally, whole ? err : &other);
	return whole ? r : -1;
}

int
ev_sorted_sort(struct ev_sorted *sorted, struct ev_err *err)
{
	return ev_order_sort(sorted->order, err);
}

size_t
ev_sorted_count(const struct ev_sorted *sorted)
{
	return ev_order_count(sorted->order);
}

int
ev_sorted_line(
    struct ev_sorted *sorted, size_t i, struct ev_buf *out, struct ev_err *err)
{
	return ev_order_line(sorted->order, i, out, NULL, err);
}
