#include "stats/rows.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "grid/sort.h"
#include "stats/row.h"
#include "stats/spans.h"
#include "stats/top.h"
#include "text/time.h"

static double
seconds(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* How long a time the events are of: what was asked for, else from the first
 * to the last of them; 0: nobody knows. */
static double
span(const struct ev_aggregated *a, const struct ev_grid *grid)
{
	if (grid->has_since && grid->has_until)
		return seconds(grid->since, grid->until);
	return a->times.any ? seconds(a->times.first, a->times.last) : 0;
}

static void
put_groups(const struct ev_aggregated *a, struct ev_grid *grid)
{
	size_t i, n = ev_table_count(a->table);
	struct ev_group_row *rows = ev_realloc(NULL, n + 1, sizeof(*rows));
	double hours = span(a, grid) / 3600;

	for (i = 0; i < n; i++) {
		rows[i] = ev_row_of(a->table, ev_table_group(a->table, i));
		rows[i].total = a->total;
		rows[i].hours = hours;
	}
	qsort(rows, n, sizeof(*rows), ev_row_cmp);
	for (i = 0; i < n; i++)
		ev_row_cells(a->plan, &rows[i], grid);
	free(rows);
}

static void
put_length(double seconds, struct ev_buf *out)
{
	if (seconds >= 86400)
		ev_buf_addf(out, "%.1f days", seconds / 86400);
	else if (seconds >= 3600)
		ev_buf_addf(out, "%.1f hours", seconds / 3600);
	else if (seconds >= 60)
		ev_buf_addf(out, "%.1f minutes", seconds / 60);
	else
		ev_buf_addf(out, "%.1f seconds", seconds);
}

static void
note_span(
    const struct ev_aggregated *a, struct ev_grid *grid, struct ev_buf *out)
{
	char first[EV_TIME_SIZE], last[EV_TIME_SIZE];
	double length = seconds(a->times.first, a->times.last);
	double asked = span(a, grid);
	double rate = asked > 0 ? (double)a->total / (asked / 3600) : 0;

	ev_time_format_s(a->times.first, first);
	ev_time_format_s(a->times.last, last);
	ev_buf_addf(out, ", %s to %s", first, last);
	ev_buf_adds(out, " (");
	put_length(length, out);
	ev_buf_addc(out, ')');
	if (asked > 0)
		ev_buf_addf(out,
		    rate < 1000 ? ", %.4g per hour" : ", %.0f per hour", rate);
}

/* What the table itself does not say. */
static void
put_notes(const struct ev_aggregated *a, struct ev_grid *grid)
{
	struct ev_buf *out = &grid->notes;

	if (a->plan->ask.summary) {
		ev_buf_addf(out, "%" PRIu64 " event%s", a->total,
		    a->total == 1 ? "" : "s");
		if (a->times.any)
			note_span(a, grid, out);
		if (grid->damaged > 0)
			ev_buf_addf(out, ", %" PRIu64 " damaged line%s",
			    grid->damaged, grid->damaged == 1 ? "" : "s");
		ev_buf_addc(out, '\n');
	} else if (grid->rows == 0)
		ev_buf_adds(out, "no events\n");
	if (a->rest > 0)
		ev_buf_addf(out, "other: %" PRIu64 " more group%s\n", a->rest,
		    a->rest == 1 ? "" : "s");
	if (a->full)
		ev_buf_addf(out,
		    "more than %d groups: the rest of them is counted as "
		    "other\n",
		    EV_TABLE_MOST);
	if (a->untimed > 0)
		ev_buf_addf(out,
		    "%" PRIu64 " event%s without a time left out\n", a->untimed,
		    a->untimed == 1 ? "" : "s");
	if (a->unlisted > 0)
		ev_buf_addf(out,
		    "%" PRIu64 " event%s without a value of %s left out\n",
		    a->unlisted, a->unlisted == 1 ? "" : "s", a->plan->ask.by);
}

/* Were there groups that had no place of their own? */
static bool
is_full(const struct ev_table *table)
{
	size_t i, n = ev_table_count(table);

	for (i = 0; i < n; i++)
		if (ev_table_group(table, i)->mark == EV_KEY_OTHER)
			return true;
	return false;
}

int
ev_aggregated_finish(
    struct ev_aggregated *a, struct ev_grid *grid, struct ev_err *err)
{
	const struct ev_ask *ask = &a->plan->ask;
	/* an empty table without groups still has its one row */
	const struct ev_key all = { EV_MARK_NULL, { "", 0 }, EV_TABLE_ALWAYS };

	ev_row_columns(a->plan, grid);
	a->full = is_full(a->table);
	if (ask->top > 0 && ev_top_keep(a, err) == -1)
		return -1;
	if (ask->every != NULL) {
		if (ev_spans_rows(a, grid, err) == -1)
			return -1;
	} else {
		if (a->plan->fields == 0)
			ev_table_at(a->table, &all);
		put_groups(a, grid);
	}
	if (ask->sort != NULL && ev_grid_sort(grid, ask->sort, err) == -1)
		return -1;
	put_notes(a, grid);
	return 0;
}
