#include "tail/run.h"

#include <inttypes.h>

#include "out/format.h"
#include "read/sorted.h"
#include "tail/one.h"
#include "tail/several.h"

struct run {
	struct ev_tail *tail;
	struct ev_source *sources;
	size_t count;
	bool failed;
};

static void
fail(struct run *run, const struct ev_err *err)
{
	ev_say_err(run->tail->read->say, err);
	run->failed = true;
}

static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct run *run = arg;

	return ev_tail_one(run->tail, &run->sources[i], tally, err);
}

/* Each input by one(). */
static void
read_each(struct run *run, ev_reading_one *one, void *arg)
{
	struct ev_tail *tail = run->tail;

	if (ev_reading_each(tail->read, run->sources, run->count, &tail->broken,
		one, arg) == -1)
		run->failed = true;
}

static void
read_several(struct run *run)
{
	struct ev_reading *reading = run->tail->read;
	struct ev_sorted *sorted;
	struct ev_err err;

	sorted = ev_sorted_new(reading, run->sources, run->count,
	    !run->tail->reverse && run->tail->limit.kind != EV_LIMIT_LAST);
	read_each(run, ev_sorted_read, sorted);
	if (!(run->failed && reading->strict) &&
	    ev_tail_several(run->tail, sorted, &err) == -1)
		fail(run, &err);
	ev_sorted_free(sorted);
}

static void
print(struct run *run, bool several)
{
	struct ev_tail *tail = run->tail;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_err err;

	if (!tail->count)
		ev_format_head(tail->writer, &text);
	if (ev_tail_put(tail, text.p, text.n, &err) == -1)
		fail(run, &err);
	else if (several && !tail->count)
		read_several(run);
	else
		read_each(run, read_one, run);
	ev_buf_reset(&text);
	if (tail->count)
		ev_buf_addf(&text, "%" PRIu64 "\n",
		    ev_limit_count(&tail->limit, tail->matches));
	if (!tail->broken && ev_tail_put(tail, text.p, text.n, &err) == -1)
		fail(run, &err);
	ev_buf_clear(&text);
}

int
ev_tail_sources(
    struct ev_tail *tail, struct ev_source *sources, size_t count, bool several)
{
	struct run run = { tail, sources, count, false };

	ev_sources_progress(sources, count, tail->read->say);
	print(&run, several);
	ev_progress_end(tail->read->say->progress);
	return run.failed ? -1 : 0;
}

int
ev_tail_run(struct ev_tail *tail, const struct ev_inputs *inputs)
{
	struct ev_sources sources;
	int r;

	r = ev_sources_open(&sources, inputs, tail->read->say);
	if (sources.count > 0 &&
	    ev_tail_sources(tail, sources.v, sources.count,
		ev_inputs_count(inputs) > 1) == -1)
		r = -1;
	ev_sources_close(&sources);
	return r;
}
