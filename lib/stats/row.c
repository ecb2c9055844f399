#include "stats/row.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void
ev_row_columns(const struct ev_aggregate *plan, struct ev_grid *grid)
{
	size_t i;

	if (plan->ask.every != NULL)
		ev_grid_group(grid, "time", EV_GRID_TIME);
	for (i = 0; i < plan->fields; i++)
		ev_grid_group(grid, plan->field[i].name, EV_GRID_TEXT);
	ev_measures_columns(&plan->measures, grid);
	for (i = 0; i < plan->ratios; i++)
		ev_grid_column(grid, plan->ratio[i].name, EV_GRID_RATIO);
	if (plan->ask.versus) {
		ev_grid_column(grid, "count_previous", EV_GRID_COUNT);
		ev_grid_column(grid, "change", EV_GRID_RATIO);
	}
}

int
ev_row_columns_check(const struct ev_aggregate *plan, struct ev_err *err)
{
	struct ev_grid grid;
	struct ev_slice name;
	int r = 0;
	size_t i;

	ev_grid_init(&grid, "columns");
	ev_row_columns(plan, &grid);
	for (i = 0; i < grid.columns && r == 0; i++) {
		name = ev_slice_of(grid.column[i].name);
		if (ev_grid_find(&grid, name) != (int)i)
			r = ev_fail(err,
			    "two columns are called '%s': name measures apart "
			    "as in --agg 'n=count'",
			    grid.column[i].name);
	}
	ev_grid_clear(&grid);
	return r;
}

static void
put_bucket(const struct ev_aggregate *plan, int64_t from, struct ev_grid *grid)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_bucket_print(&plan->every, from, &text);
	ev_grid_raw(grid, ev_buf_slice(&text));
	ev_buf_clear(&text);
}

static void
put_key(const struct ev_aggregate *plan, const struct ev_key *key,
    struct ev_grid *grid)
{
	struct ev_slice text;
	size_t i, at = 0;
	char mark;

	for (i = 0; i < plan->fields; i++) {
		if (!ev_key_next(key, &at, &mark, &text))
			ev_grid_text(grid, EV_SLICE("other"));
		else if (mark == EV_MARK_STRING)
			ev_grid_text(grid, text);
		else if (mark == EV_MARK_JSON)
			ev_grid_raw(grid, text);
		else
			ev_grid_null(grid);
	}
}

/* A null where the divisor is 0. */
static void
put_ratio(double over, double under, struct ev_grid *grid)
{
	if (under > 0)
		ev_grid_number(grid, over / under);
	else
		ev_grid_null(grid);
}

static void
put_previous(const struct ev_group_row *row, struct ev_grid *grid)
{
	double now = (double)row->count, then = (double)row->previous;

	if (!row->compared) {
		ev_grid_null(grid);
		ev_grid_null(grid);
		return;
	}
	ev_grid_count(grid, row->previous);
	put_ratio(now - then, then, grid);
}

void
ev_row_cells(const struct ev_aggregate *plan, const struct ev_group_row *row,
    struct ev_grid *grid)
{
	union ev_acc *none = ev_calloc(plan->accs + 1, sizeof(*none));
	union ev_acc *acc = row->acc != NULL ? row->acc : none;
	struct ev_tallied tallied = { row->count, row->total, row->hours, acc };
	const uint64_t *pair;
	size_t i;

	if (plan->ask.every != NULL)
		put_bucket(plan, row->key.bucket, grid);
	put_key(plan, &row->key, grid);
	ev_measures_cells(&plan->measures, &tallied, grid);
	for (i = 0; i < plan->ratios; i++) {
		pair = acc[plan->measures.collectors + i].pair;
		put_ratio((double)pair[0], (double)pair[1], grid);
	}
	if (plan->ask.versus)
		put_previous(row, grid);
	free(none);
}

struct ev_group_row
ev_row_of(const struct ev_table *table, struct ev_group *group)
{
	return (struct ev_group_row){ .key = ev_table_key(table, group),
		.count = group->count,
		.compared = true,
		.previous = group->previous,
		.acc = group->acc };
}

int
ev_row_cmp(const void *x, const void *y)
{
	const struct ev_group_row *a = x, *b = y;
	int other =
	    (a->key.mark == EV_KEY_OTHER) - (b->key.mark == EV_KEY_OTHER);

	if (a->key.bucket != b->key.bucket)
		return a->key.bucket < b->key.bucket ? -1 : 1;
	if (other != 0)
		return other;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return ev_key_cmp(&a->key, &b->key);
}
