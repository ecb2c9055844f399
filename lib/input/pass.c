#include "input/pass.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#include "base/mem.h"
#include "input/block.h"
#include "input/cut.h"
#include "input/stream.h"
#include "input/turns.h"

struct crew {
	const struct ev_pass *pass;
	struct ev_source *source;
	uint64_t from;
	struct ev_skim skim;
	struct ev_plan *plan;  /* of nothing, to check lines by; or NULL */
	_Atomic uint64_t next; /* the block to be taken next */
	uint64_t last;
	struct ev_turns turns;
	/* the rest is what turns brings, in their order */
	struct ev_tally *tally;
	int result;
	struct ev_err *err;
};

struct worker {
	struct crew *crew;
	pthread_t thread;
	bool threaded;
	struct ev_cut cut;
	struct ev_err err;
};

static int
fail_strict(const struct crew *crew, struct ev_err *err)
{
	const struct ev_tally *tally = crew->tally;

	return ev_block_fail(crew->source, tally->at,
	    crew->from > 0 ? 0 : tally->first, ev_scan_word(tally->why), err);
}

/* A block in its turn: what it brought counts now. */
static int
pass_on(void *arg, const struct ev_outcome *outcome)
{
	struct crew *crew = arg;
	bool sound = ev_tally_damaged(crew->tally) == 0;

	ev_tally_join(crew->tally, &outcome->tally);
	if (crew->pass->progress != NULL)
		ev_progress_tick(crew->pass->progress, crew->tally->bytes);
	if (outcome->result < 0)
		crew->result = ev_fail(crew->err, "%s", outcome->err->text);
	else if (outcome->result == 0 && crew->pass->strict && sound &&
	    ev_tally_damaged(crew->tally) > 0)
		crew->result = fail_strict(crew, crew->err);
	return outcome->result != 0 ? outcome->result : crew->result;
}

/*
 * A worker has cut block `index`: result 0, or -1 with its err.  Flushes when
 * it is the block's turn; with nothing to flush the turn can come later.
 */
static void
deliver(struct worker *worker, uint64_t index, int result)
{
	struct crew *crew = worker->crew;
	const struct ev_pass *pass = crew->pass;
	struct ev_outcome outcome = { .err = &worker->err };
	int flushed;

	if (!ev_turns_wait(
		&crew->turns, index, pass->flush != NULL ? 1 : EV_TURNS_AHEAD))
		return;
	if (pass->flush != NULL) {
		flushed = pass->flush(pass->arg, worker->cut.state,
		    result < 0 ? NULL : &worker->err);
		if (result == 0)
			result = flushed;
	}
	outcome.result = result;
	outcome.tally = worker->cut.tally;
	ev_turns_put(&crew->turns, index, &outcome);
}

static void
cut_reset(struct ev_cut *cut)
{
	cut->tally = (struct ev_tally){ 0 };
	cut->stopped = false;
}

static void *
work_blocks(void *arg)
{
	struct worker *worker = arg;
	struct crew *crew = worker->crew;
	struct ev_block block;
	uint64_t index;
	int r;

	ev_block_init(&block, crew->source, crew->from, crew->pass->block);
	while (!crew->turns.stopped && (index = crew->next++) < crew->last) {
		cut_reset(&worker->cut);
		r = ev_block_cut(&block, index, &worker->cut, &worker->err);
		deliver(worker, index, r);
		if (r < 0)
			break;
	}
	ev_block_clear(&block);
	return NULL;
}

static void
work_stream(struct worker *worker)
{
	struct crew *crew = worker->crew;
	struct ev_stream stream;
	uint64_t index;
	int r = 1;

	ev_stream_init(&stream, crew->source, crew->pass->block);
	for (index = 0; r > 0 && !crew->turns.stopped; index++) {
		cut_reset(&worker->cut);
		r = ev_stream_cut(&stream, &worker->cut, &worker->err);
		deliver(worker, index, r < 0 ? -1 : 0);
	}
	ev_stream_clear(&stream);
}

static void
worker_open(struct worker *worker, struct crew *crew)
{
	const struct ev_pass *pass = crew->pass;

	*worker = (struct worker){ .crew = crew };
	worker->cut = (struct ev_cut){
		.ev = ev_event_new(pass->model),
		.event = pass->event,
		.state =
		    pass->start != NULL ? pass->start(pass->arg) : pass->arg,
		.skim = crew->skim.n > 0 ? &crew->skim : NULL,
		.plan = crew->plan,
		.max_line = ev_cut_limit(pass->max_line),
		.strict = pass->strict,
	};
}

static void
worker_close(struct worker *worker)
{
	const struct ev_pass *pass = worker->crew->pass;

	if (pass->finish != NULL)
		pass->finish(pass->arg, worker->cut.state);
	ev_event_free(worker->cut.ev);
	ev_cut_clear(&worker->cut);
}

/* Workers beside the caller's own thread; signals are left to that one. */
static void
spawn(struct worker *workers, size_t count)
{
	sigset_t all, old;
	size_t i;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	for (i = 1; i < count; i++)
		workers[i].threaded = pthread_create(&workers[i].thread, NULL,
					  work_blocks, &workers[i]) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static size_t
worker_count(const struct crew *crew)
{
	uint64_t blocks = crew->last - crew->next;
	size_t count = crew->pass->threads;
	cpu_set_t cores;

	if (!crew->source->seekable || crew->pass->start == NULL ||
	    blocks <= EV_PASS_THREADS_OVER)
		return 1;
	if (count == 0 && sched_getaffinity(0, sizeof(cores), &cores) == 0)
		count = (size_t)CPU_COUNT(&cores);
	if (count > EV_PASS_THREADS_MOST)
		count = EV_PASS_THREADS_MOST;
	return count > 0 ? count : 1;
}

static void
run(struct crew *crew)
{
	size_t i, count = worker_count(crew);
	struct worker *workers = ev_calloc(count, sizeof(*workers));

	for (i = 0; i < count; i++)
		worker_open(&workers[i], crew);
	if (!crew->source->seekable) {
		work_stream(&workers[0]);
	} else {
		posix_fadvise(crew->source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
		spawn(workers, count);
		work_blocks(&workers[0]);
	}
	for (i = 0; i < count; i++)
		if (workers[i].threaded)
			pthread_join(workers[i].thread, NULL);
	for (i = 0; i < count; i++)
		worker_close(&workers[i]);
	free(workers);
}

int
ev_pass_run(const struct ev_pass *pass, struct ev_source *source, uint64_t from,
    struct ev_tally *tally, struct ev_err *err)
{
	struct crew *crew = ev_calloc(1, sizeof(*crew));
	uint64_t first = 0;
	int result;

	*tally = (struct ev_tally){ 0 };
	crew->pass = pass;
	crew->source = source;
	crew->from = from;
	crew->tally = tally;
	crew->err = err;
	if (source->seekable)
		ev_block_range(source, from, pass->block, &first, &crew->last);
	crew->next = first;
	if (pass->literal != NULL)
		ev_skim_init(&crew->skim, pass->literal);
	if (pass->literal != NULL && pass->check)
		crew->plan = ev_plan_new();
	ev_turns_init(&crew->turns, first, pass_on, crew);
	run(crew);
	ev_turns_clear(&crew->turns);
	if (from > 0)
		tally->first = 0;
	result = crew->result;
	ev_plan_free(crew->plan);
	free(crew);
	return result;
}
