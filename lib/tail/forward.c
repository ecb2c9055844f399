#include "tail/forward.h"

#include <stdlib.h>

#include "base/mem.h"
#include "out/format.h"
#include "tail/held.h"

/* One match of a block. */
struct match {
	uint64_t offset;
	size_t from, n; /* its bytes in text */
	struct ev_print128 print;
};

/* What a worker makes of a block. */
struct block {
	struct run *run;
	struct ev_sha256 *sha;
	struct ev_buf text;  /* as printed, or lines to hold */
	struct match *match; /* only when one by one matters */
	size_t n, cap;
};

struct run {
	struct ev_tail *tail;
	struct ev_source *source;
	struct ev_held held;
	bool hold; /* print when all is known */
	bool each; /* matches are told apart */
};

static void *
start(void *arg)
{
	struct block *block = ev_calloc(1, sizeof(*block));

	block->run = arg;
	if (block->run->tail->seen != NULL)
		block->sha = ev_sha256_new();
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	if (block->sha != NULL)
		ev_sha256_free(block->sha);
	ev_buf_clear(&block->text);
	free(block->match);
	free(block);
}

static void
note(struct block *block, const struct ev_event *ev, uint64_t offset,
    size_t from)
{
	struct match *match;

	if (block->n == block->cap) {
		block->cap = block->cap == 0 ? 256 : block->cap * 2;
		block->match =
		    ev_realloc(block->match, block->cap, sizeof(*block->match));
	}
	match = &block->match[block->n];
	match->offset = offset;
	match->from = from;
	match->n = block->run->hold ? ev->line.n : block->text.n - from;
	if (block->sha != NULL)
		match->print = ev_seen_print(block->sha, ev->line);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	const struct run *run = block->run;
	size_t from = block->text.n;

	if (!ev_filter_match(run->tail->read->filter, ev))
		return;
	if (run->hold && run->held.copy)
		ev_buf_addslice(&block->text, ev->line);
	else if (!run->hold && !run->tail->count)
		ev_format_event(run->tail->writer, ev, &block->text);
	if (run->each)
		note(block, ev, offset, from);
	block->n++;
}

/* One match in its turn: dropped, counted, held or printed. */
static int
take(struct run *run, const struct block *block, const struct match *match,
    struct ev_err *err)
{
	struct ev_tail *tail = run->tail;
	struct ev_slice text = { NULL, match->n };

	if (tail->seen != NULL && !ev_seen_add(tail->seen, &match->print))
		return 0;
	tail->matches++;
	if (tail->count ||
	    (tail->limit.kind == EV_LIMIT_FROM &&
		tail->matches < tail->limit.n))
		return 0;
	if (block->text.n > 0)
		text.p = block->text.p + match->from;
	if (!run->hold)
		return ev_tail_put(tail, text.p, text.n, err);
	if (tail->limit.kind != EV_LIMIT_LAST || tail->limit.n > 0)
		ev_held_add(&run->held, match->offset, text);
	return 0;
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct run *run = arg;
	struct block *block = state;
	size_t i;
	int r = 0;

	if (!run->each) {
		run->tail->matches += block->n;
		r = ev_tail_put(run->tail, block->text.p, block->text.n, err);
	}
	for (i = 0; run->each && i < block->n && r == 0; i++)
		r = take(run, block, &block->match[i], err);
	block->n = 0;
	ev_buf_reset(&block->text);
	if (r == 0 && !run->source->seekable &&
	    ev_sink_flush(run->tail->sink, err) == -1) {
		run->tail->broken = true;
		return -1;
	}
	return r;
}

int
ev_tail_forward(struct ev_tail *tail, struct ev_source *source,
    struct ev_tally *tally, struct ev_err *err)
{
	struct run run = { .tail = tail, .source = source };
	struct ev_pass pass = { .arg = &run,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };
	int r;

	run.hold = !tail->count &&
	    (tail->reverse || tail->limit.kind == EV_LIMIT_LAST);
	run.each = run.hold || tail->seen != NULL ||
	    (!tail->count && tail->limit.kind == EV_LIMIT_FROM);
	run.held.copy = !source->seekable;
	if (tail->limit.kind == EV_LIMIT_LAST)
		run.held.most = (size_t)tail->limit.n;
	r = ev_reading_pass(tail->read, &pass, source, tally, err);
	r = ev_held_end(&run.held, source, tail->reverse, tail, r, err);
	ev_held_clear(&run.held);
	return r;
}
