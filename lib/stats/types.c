/* The reports that are aggregations: types, and what the options describe. */
#include "stats/aggregate.h"
#include "stats/reports.h"
#include "stats/row.h"
#include "stats/rows.h"
#include "stats/saved.h"

static void *
open_asked(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	struct ev_aggregate *plan =
	    ev_aggregate_open(scope->ask, scope, model, err);

	if (plan != NULL && ev_row_columns_check(plan, err) == -1) {
		ev_aggregate_close(plan);
		return NULL;
	}
	return plan;
}

static void *
open_types(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	struct ev_ask ask = *scope->ask;

	ask.by = "type";
	ask.agg = "count,share,first=min(time),last=max(time)";
	ask.summary = true;
	return ev_aggregate_open(&ask, scope, model, err);
}

static void
close_plan(void *plan)
{
	ev_aggregate_close(plan);
}

static void *
start(const void *plan)
{
	return ev_aggregated_new(plan);
}

static void
event(void *acc, struct ev_event *ev, uint64_t at)
{
	(void)at;
	ev_aggregated_event(acc, ev);
}

static void
merge(void *into, void *from)
{
	ev_aggregated_merge(into, from);
}

static void
free_acc(void *acc)
{
	ev_aggregated_free(acc);
}

static int
finish(void *acc, struct ev_grid *grid, struct ev_err *err)
{
	return ev_aggregated_finish(acc, grid, err);
}

static void
save(const void *acc, struct ev_buf *out)
{
	ev_aggregated_save(acc, out);
}

static int
load(void *acc, const struct ev_val *line, struct ev_err *err)
{
	return ev_aggregated_load(acc, line, err);
}

#define AGGREGATION(open) \
	open, close_plan, start, event, merge, free_acc, finish, save, load, \
	    NULL

const struct ev_report ev_report_aggregate = { "aggregate",
	"what --by, --agg and --every describe", AGGREGATION(open_asked) };

const struct ev_report ev_report_types = { "types",
	"events by type: count, share, first, last", AGGREGATION(open_types) };
