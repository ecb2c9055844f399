#include "replay/metrics.h"

#include <stdlib.h>

#include "base/mem.h"
#include "grid/print.h"
#include "stats/reports.h"
#include "stats/run.h"

struct ev_metrics {
	struct ev_ask ask; /* nothing */
	struct ev_filter filter;
	struct ev_report_scope scope;
	struct ev_stats stats;
	uint64_t events;
};

struct ev_metrics *
ev_metrics_new(struct ev_model *model, struct ev_err *err)
{
	struct ev_metrics *metrics = ev_calloc(1, sizeof(*metrics));

	metrics->scope.ask = &metrics->ask;
	metrics->scope.filter = &metrics->filter;
	if (ev_stats_open(&metrics->stats, &ev_report_evaluation,
		&metrics->scope, false, model, err) == 0)
		return metrics;
	ev_metrics_free(metrics);
	return NULL;
}

void
ev_metrics_free(struct ev_metrics *metrics)
{
	if (metrics == NULL)
		return;
	ev_stats_close(&metrics->stats);
	free(metrics);
}

static int
event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	struct ev_metrics *metrics = arg;

	(void)err;
	ev_report_evaluation.event(metrics->stats.acc, ev, metrics->events++);
	return 0;
}

void
ev_metrics_play(struct ev_metrics *metrics, struct ev_play *play)
{
	play->arg = metrics;
	play->event = event;
}

int
ev_metrics_print(
    struct ev_metrics *metrics, struct ev_buf *out, struct ev_err *err)
{
	const struct ev_grid_look look = { 0 };
	struct ev_grid grid;
	int r = ev_stats_finish(&metrics->stats, &metrics->scope, &grid, err);

	if (r == 0)
		ev_grid_jsonl(&grid, &look, out);
	ev_grid_clear(&grid);
	return r;
}
