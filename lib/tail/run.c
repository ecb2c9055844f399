#include "tail/run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "out/format.h"
#include "tail/one.h"
#include "tail/several.h"

#define MANY 500 /* inputs that want more descriptors than are usual */

struct run {
	struct ev_tail *tail;
	const struct ev_tail_say *say;
	struct ev_source *sources; /* that could be opened */
	size_t count;
	bool failed;
};

static void
fail(struct run *run, const struct ev_err *err)
{
	ev_progress_hide(run->tail->progress);
	run->say->fn(run->say->arg, err->text);
	run->failed = true;
}

static void
raise_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void
open_all(struct run *run, const struct ev_inputs *inputs)
{
	size_t count = ev_inputs_count(inputs), i;
	struct ev_source *source;
	struct ev_err err;

	if (count > MANY)
		raise_descriptors();
	run->sources = ev_calloc(count + 1, sizeof(*run->sources));
	for (i = 0; i < count; i++) {
		source = &run->sources[run->count];
		if (ev_inputs_open(inputs, i, source, &err) == -1)
			fail(run, &err);
		else
			run->count++;
	}
}

static void
start_progress(const struct run *run)
{
	bool known = true;
	uint64_t total = 0;
	size_t i;

	for (i = 0; i < run->count; i++) {
		known &= run->sources[i].seekable;
		total += run->sources[i].size;
	}
	ev_progress_start(
	    run->tail->progress, known ? total : 0, run->say->quiet);
}

void
ev_tail_tell(const struct ev_tail *tail, const struct ev_tail_say *say,
    const char *name, const struct ev_tally *tally)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t n;

	ev_buf_addf(&text, "%s: ", name);
	n = text.n;
	if (!say->quiet)
		ev_tally_say(tally, &text);
	if (say->verbose)
		ev_buf_addf(&text, "%s%" PRIu64 " line%s read",
		    text.n > n ? ", " : "", tally->lines,
		    tally->lines == 1 ? "" : "s");
	if (text.n > n) {
		ev_progress_hide(tail->progress);
		say->fn(say->arg, ev_buf_str(&text));
	}
	ev_buf_clear(&text);
}

/* Each input by itself, or into `several`. */
static void
read_each(struct run *run, struct ev_several *several)
{
	struct ev_tail *tail = run->tail;
	struct ev_tally tally;
	struct ev_err err;
	size_t i;
	int r;

	for (i = 0; i < run->count; i++) {
		memset(&tally, 0, sizeof(tally));
		if (several != NULL)
			r = ev_several_read(several, i, &tally, &err);
		else
			r = ev_tail_one(tail, &run->sources[i], &tally, &err);
		if (r == -1)
			fail(run, &err);
		if (r == -1 && (tail->strict || tail->broken))
			return;
		ev_tail_tell(tail, run->say, run->sources[i].name, &tally);
		tail->progress->base += tally.bytes;
	}
}

static void
read_several(struct run *run)
{
	struct ev_several *several;
	struct ev_err err;

	several = ev_several_new(run->tail, run->sources, run->count);
	read_each(run, several);
	if (!(run->failed && run->tail->strict) &&
	    ev_several_print(several, &err) == -1)
		fail(run, &err);
	ev_several_free(several);
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
		read_each(run, NULL);
	ev_buf_reset(&text);
	if (tail->count)
		ev_buf_addf(&text, "%" PRIu64 "\n",
		    ev_limit_count(&tail->limit, tail->matches));
	if (!tail->broken && ev_tail_put(tail, text.p, text.n, &err) == -1)
		fail(run, &err);
	ev_buf_clear(&text);
}

int
ev_tail_sources(struct ev_tail *tail, struct ev_source *sources, size_t count,
    bool several, const struct ev_tail_say *say)
{
	struct run run = { tail, say, sources, count, false };

	start_progress(&run);
	print(&run, several);
	ev_progress_end(tail->progress);
	return run.failed ? -1 : 0;
}

int
ev_tail_run(struct ev_tail *tail, const struct ev_inputs *inputs,
    const struct ev_tail_say *say)
{
	struct run run = { .tail = tail, .say = say };
	size_t i;

	open_all(&run, inputs);
	if (run.count > 0 &&
	    ev_tail_sources(tail, run.sources, run.count,
		ev_inputs_count(inputs) > 1, say) == -1)
		run.failed = true;
	for (i = 0; i < run.count; i++)
		ev_source_close(&run.sources[i]);
	free(run.sources);
	return run.failed ? -1 : 0;
}
