#include "stats/top.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "grid/sort.h"
#include "stats/row.h"

/* A table without buckets. */
static struct ev_table *
collapse(const struct ev_aggregated *a)
{
	struct ev_table *table = ev_table_new(a->plan->accs);
	struct ev_group *group;
	struct ev_key key;
	size_t i;

	for (i = 0; i < ev_table_count(a->table); i++) {
		group = ev_table_group(a->table, i);
		key = ev_table_key(a->table, group);
		key.bucket = EV_TABLE_ALWAYS;
		ev_aggregated_join(a->plan, table, &key, group);
	}
	return table;
}

/* The rows of a table in the order of --sort. */
static int
sort_rows(const struct ev_aggregated *a, struct ev_group_row *rows, size_t n,
    struct ev_err *err)
{
	struct ev_group_row *copy = ev_realloc(NULL, n + 1, sizeof(*copy));
	struct ev_grid grid;
	size_t i;
	int r;

	ev_grid_init(&grid, "");
	ev_row_columns(a->plan, &grid);
	for (i = 0; i < n; i++) {
		copy[i] = rows[i];
		ev_row_cells(a->plan, &rows[i], &grid);
	}
	r = ev_grid_sort(&grid, a->plan->ask.sort, err);
	for (i = 0; r == 0 && i < n; i++)
		rows[i] = copy[grid.order[i]];
	ev_grid_clear(&grid);
	free(copy);
	return r;
}

static void
key_text(const struct ev_key *key, struct ev_buf *out)
{
	ev_buf_reset(out);
	ev_buf_addc(out, key->mark);
	ev_buf_addslice(out, key->text);
}

/* The keys of the first groups. */
static int
first_keys(struct ev_aggregated *a, const struct ev_table *table,
    struct ev_map *kept, struct ev_err *err)
{
	size_t i, n = ev_table_count(table), left = (size_t)a->plan->ask.top;
	struct ev_group_row *rows = ev_realloc(NULL, n + 1, sizeof(*rows));
	struct ev_buf text = EV_BUF_INIT;
	int r = 0;

	for (i = 0; i < n; i++)
		rows[i] = ev_row_of(table, ev_table_group(table, i));
	qsort(rows, n, sizeof(*rows), ev_row_cmp);
	if (a->plan->ask.sort != NULL && a->plan->ask.every == NULL)
		r = sort_rows(a, rows, n, err);
	for (i = 0; r == 0 && i < n; i++) {
		if (left > 0 && rows[i].key.mark != EV_KEY_OTHER) {
			key_text(&rows[i].key, &text);
			*ev_map_at(kept, text.p, text.n, NULL) = 1;
			left--;
		} else
			a->rest++;
	}
	ev_buf_clear(&text);
	free(rows);
	return r;
}

static void
merge_rest(struct ev_aggregated *a, const struct ev_map *kept)
{
	struct ev_table *table = ev_table_new(a->plan->accs);
	struct ev_key key, other = { EV_KEY_OTHER, { "", 0 }, 0 };
	struct ev_buf text = EV_BUF_INIT;
	struct ev_group *group;
	size_t i;

	for (i = 0; i < ev_table_count(a->table); i++) {
		group = ev_table_group(a->table, i);
		key = ev_table_key(a->table, group);
		other.bucket = key.bucket;
		key_text(&key, &text);
		if (ev_map_find(kept, text.p, text.n) == NULL)
			key = other;
		ev_aggregated_join(a->plan, table, &key, group);
	}
	ev_buf_clear(&text);
	ev_aggregated_drop(a->plan, a->table);
	a->table = table;
}

int
ev_top_keep(struct ev_aggregated *a, struct ev_err *err)
{
	bool every = a->plan->ask.every != NULL;
	struct ev_table *table = every ? collapse(a) : a->table;
	struct ev_map *kept = ev_map_new();
	int r = first_keys(a, table, kept, err);

	if (every)
		ev_aggregated_drop(a->plan, table);
	if (r == 0 && a->rest > 0)
		merge_rest(a, kept);
	ev_map_free(kept);
	return r;
}
