#include "fp/each.h"

#include <stdlib.h>

#include "base/mem.h"

/* What a worker makes of a block. */
struct block {
	const struct ev_each *each;
	struct ev_marker marker;
	struct ev_buf text;
	uint64_t matches, hits;
};

struct run {
	struct ev_each *each;
	struct ev_source *sources;
	bool live; /* somebody may be waiting for what is there */
};

static void *
start(void *arg)
{
	const struct run *run = arg;
	struct block *block = ev_calloc(1, sizeof(*block));

	block->each = run->each;
	ev_marker_begin(&block->marker, run->each->way);
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	ev_marker_clear(&block->marker);
	ev_buf_clear(&block->text);
	free(block);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	const struct ev_each *each = block->each;

	(void)offset;
	if (!ev_filter_match(each->reading->filter, ev))
		return;
	block->matches++;
	block->hits += each->event(each->arg, &block->marker, ev, &block->text);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct run *run = arg;
	struct ev_each *each = run->each;
	struct block *block = state;

	each->matches += block->matches;
	each->hits += block->hits;
	block->matches = block->hits = 0;
	each->broken = (block->text.n > 0 &&
			   ev_sink_write(each->sink, block->text.p,
			       block->text.n, err) == -1) ||
	    (run->live && ev_sink_flush(each->sink, err) == -1);
	ev_buf_reset(&block->text);
	return each->broken ? -1 : 0;
}

static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct run *run = arg;
	struct ev_pass pass = { .arg = run,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };

	run->live = !run->sources[i].seekable;
	return ev_reading_pass(
	    run->each->reading, &pass, &run->sources[i], tally, err);
}

int
ev_each_run(struct ev_each *each, struct ev_source *sources, size_t count)
{
	struct run run = { .each = each, .sources = sources };

	return ev_reading_each(
	    each->reading, sources, count, &each->broken, read_one, &run);
}
