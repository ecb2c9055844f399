/* The reports velocity and quality: hours and days. */
#include <stdio.h>

#include "base/clock.h"
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"
#include "text/civil.h"
#include "text/time.h"

#define HOUR 3600
#define DAY 86400
#define ROLLING 7	      /* days of the rolling mean */
#define HOURS_MOST (24 * 366) /* empty hours are shown in so many */

static void *
velocity_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TIME);
	return ev_ledger_open(scope, "24h", err);
}

/* The moment at which the hour of the wall began. */
static int64_t
hour_of(const struct ev_study *study, int64_t sec)
{
	int64_t past = ev_zone_wall(study->zone, sec) % HOUR;

	return sec - (past < 0 ? past + HOUR : past);
}

/* A key that sorts as the number does: its bin's first time says it. */
static void
velocity_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	char text[32];
	struct ev_slice key;
	struct ev_bin *bin;
	struct timespec time;

	(void)at;
	if (!ev_ledger_time(ledger, ev, &time))
		return;
	time.tv_sec = hour_of(ledger->study, time.tv_sec);
	time.tv_nsec = 0;
	snprintf(text, sizeof(text), "%lld", (long long)time.tv_sec);
	key = ev_slice_of(text);
	bin = ev_bins_at(&ledger->table[0], &key, 1);
	bin->count[0]++;
	ev_bin_time(bin, time);
}

static int
by_time(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;

	return ev_time_cmp(a->first, b->first);
}

static void
put_hour(struct ev_grid *grid, int64_t hour, uint64_t count)
{
	ev_grid_time(grid, (struct timespec){ .tv_sec = hour });
	ev_grid_count(grid, count);
}

/* The hours of the window, or from the first event to the last. */
static void
put_hours(const struct ev_ledger *ledger, size_t rows, struct ev_grid *grid)
{
	const struct ev_study *study = ledger->study;
	const struct ev_bin *bin = ledger->table[0].bin;
	int64_t hour = hour_of(study, study->window.since.tv_sec), next;
	int64_t end =
	    study->scope->now.tv_sec + (study->scope->now.tv_nsec > 0);
	bool dense;
	size_t i;

	if (study->window.given) {
		hour = rows == 0 ? 0 : bin[0].first.tv_sec;
		end = rows == 0 ? 0 : bin[rows - 1].first.tv_sec + 1;
	}
	dense = (end - hour) / HOUR <= HOURS_MOST;
	if (!dense)
		ev_buf_adds(
		    &grid->notes, "hours without events are left out\n");
	for (i = 0; i < rows || (dense && hour < end);) {
		next = i < rows ? bin[i].first.tv_sec : INT64_MAX;
		if (!dense || next <= hour)
			put_hour(grid, next, bin[i++].count[0]);
		else
			put_hour(grid, hour, 0);
		if (next >= hour)
			hour += HOUR;
	}
}

static int
velocity_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;

	ev_ledger_sort(ledger, by_time, grid);
	ev_grid_group(grid, "hour", EV_GRID_TIME);
	ev_grid_draw(grid, EV_GRID_LINE,
	    ev_grid_column(grid, "count", EV_GRID_COUNT), -1);
	put_hours(ledger, ledger->table[0].count, grid);
	return ev_ledger_end(ledger, 0, grid, err);
}

static void *
quality_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_QUALITY);
	return ev_ledger_open(scope, "14d", err);
}

static void
quality_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_val type = ev_event_role(ev, EV_TYPE), quality;
	char day[EV_TIME_SIZE];
	struct ev_slice key;
	struct ev_bin *bin;
	struct timespec time;

	(void)at;
	if (!ev_val_is(&type, "commit") || !ev_ledger_time(ledger, ev, &time))
		return;
	time.tv_sec = ev_zone_wall(ledger->study->zone, time.tv_sec);
	ev_time_format_day(time, day);
	key = ev_slice_of(day);
	bin = ev_bins_at(&ledger->table[0], &key, 1);
	bin->count[0]++;
	ev_bin_time(bin,
	    (struct timespec){
		.tv_sec = (time_t)ev_day_of(time.tv_sec) * DAY });
	quality = ev_event_role(ev, EV_QUALITY);
	if (quality.kind == EV_NUMBER)
		ev_sum_add(&bin->sum[0], ev_val_slice(&quality));
}

/* The mean over the events of a day and the six days before it. */
static void
put_rolling(const struct ev_bins *bins, size_t i, struct ev_grid *grid)
{
	int64_t from = bins->bin[i].first.tv_sec - (ROLLING - 1) * DAY;
	struct ev_sum sum = EV_SUM_INIT;

	for (i++; i-- > 0 && bins->bin[i].first.tv_sec >= from;)
		ev_sum_merge(&sum, &bins->bin[i].sum[0]);
	ev_ledger_put_mean(grid, &sum);
	ev_sum_clear(&sum);
}

static int
quality_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_time, grid);
	size_t i, mean;

	ev_grid_group(grid, "day", EV_GRID_TIME);
	mean = ev_grid_column(grid, "avg_quality", EV_GRID_NUMBER);
	ev_grid_column(grid, "event_count", EV_GRID_COUNT);
	ev_grid_draw(grid, EV_GRID_LINE, mean,
	    (int)ev_grid_column(grid, "rolling", EV_GRID_NUMBER));
	for (i = 0; i < bins->count; i++) {
		ev_grid_raw(grid, ev_bin_part(&bins->bin[i], 0));
		ev_ledger_put_mean(grid, &bins->bin[i].sum[0]);
		ev_grid_count(grid, bins->bin[i].count[0]);
		put_rolling(bins, i, grid);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_velocity = { "velocity",
	"events per hour, 24 hours (GOVERN)", velocity_open,
	.event = velocity_event, .finish = velocity_finish, EV_REPORT_LEDGER };
const struct ev_report ev_report_quality = { "quality",
	"mean quality of commits per day, 14 days, rolling mean (GOVERN)",
	quality_open, .event = quality_event, .finish = quality_finish,
	EV_REPORT_LEDGER };
