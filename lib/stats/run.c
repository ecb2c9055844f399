#include "stats/run.h"

#include <stdlib.h>

#include "base/mem.h"
#include "input/ties.h"

/* Reading one of the sources. */
struct run {
	struct ev_stats *stats;
	struct ev_reading reading;
	struct ev_source *sources;
	const uint64_t *begin;
	size_t present;
};

struct worker {
	struct run *run;
	const struct ev_report *report;
	const struct ev_filter *filter;
	void *acc;
	struct ev_sha256 *sha;
	uint64_t matched;
};

int
ev_stats_open(struct ev_stats *stats, const struct ev_report *report,
    const struct ev_report_scope *scope, bool unique, struct ev_model *model,
    struct ev_err *err)
{
	*stats = (struct ev_stats){ .report = report };
	stats->plan = report->open(scope, model, err);
	if (stats->plan == NULL)
		return -1;
	stats->acc = report->start(stats->plan);
	if (unique)
		stats->seen = ev_seen_new();
	return 0;
}

int
ev_stats_settle(struct ev_stats *stats, struct ev_err *err)
{
	if (stats->report->settle == NULL)
		return 0;
	return stats->report->settle(stats->plan, err);
}

void
ev_stats_close(struct ev_stats *stats)
{
	if (stats->plan == NULL)
		return;
	stats->report->free(stats->acc);
	stats->report->close(stats->plan);
	if (stats->seen != NULL)
		ev_seen_free(stats->seen);
	*stats = (struct ev_stats){ 0 };
}

void
ev_stats_reset(struct ev_stats *stats)
{
	stats->report->free(stats->acc);
	stats->acc = stats->report->start(stats->plan);
	stats->damaged = 0;
	if (stats->seen != NULL) {
		ev_seen_free(stats->seen);
		stats->seen = ev_seen_new();
	}
}

static void *
start(void *arg)
{
	struct run *run = arg;
	struct worker *worker = ev_calloc(1, sizeof(*worker));

	worker->run = run;
	worker->report = run->stats->report;
	worker->filter = run->reading.filter;
	worker->acc = worker->report->start(run->stats->plan);
	if (run->stats->seen != NULL)
		worker->sha = ev_sha256_new();
	return worker;
}

static bool
is_new(struct worker *worker, struct ev_event *ev)
{
	struct ev_print128 print = ev_seen_print(worker->sha, ev->line);

	return ev_seen_add(worker->run->stats->seen, &print);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct worker *worker = state;

	if (!ev_filter_match(worker->filter, ev) ||
	    (worker->sha != NULL && !is_new(worker, ev)))
		return;
	worker->matched++;
	worker->report->event(
	    worker->acc, ev, ev_item_at(worker->run->present, offset));
}

static void
finish(void *arg, void *state)
{
	struct run *run = arg;
	struct worker *worker = state;

	run->stats->matched += worker->matched;
	worker->report->merge(run->stats->acc, worker->acc);
	worker->report->free(worker->acc);
	if (worker->sha != NULL)
		ev_sha256_free(worker->sha);
	free(worker);
}

static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct run *run = arg;
	struct ev_pass pass = {
		.arg = run, .start = start, .event = event, .finish = finish
	};
	int r;

	run->present = i;
	run->reading.start = run->begin != NULL ? run->begin[i] : 0;
	r = ev_reading_pass(&run->reading, &pass, &run->sources[i], tally, err);
	run->stats->damaged += ev_tally_damaged(tally);
	return r;
}

int
ev_stats_read(struct ev_stats *stats, const struct ev_reading *reading,
    struct ev_source *sources, size_t count, const uint64_t *begin)
{
	static const bool broken;
	struct run run = { .stats = stats,
		.reading = *reading,
		.sources = sources,
		.begin = begin };

	/* whoever sees a line first must be the only one */
	if (stats->seen != NULL)
		run.reading.threads = 1;
	return ev_reading_each(
	    &run.reading, sources, count, &broken, read_one, &run);
}

int
ev_stats_finish(struct ev_stats *stats, const struct ev_report_scope *scope,
    struct ev_grid *grid, struct ev_err *err)
{
	const struct ev_filter *filter = scope->filter;

	ev_grid_init(grid, stats->report->name);
	grid->has_since = filter->has_since;
	grid->since = scope->has_turn ? scope->turn : filter->since;
	grid->has_until = filter->has_until;
	grid->until = filter->until;
	grid->damaged = stats->damaged;
	grid->chart = EV_GRID_AUTO;
	return stats->report->finish(stats->acc, grid, err);
}
