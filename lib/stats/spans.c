#include "stats/spans.h"

#include <stdlib.h>

#include "base/mem.h"
#include "stats/row.h"

struct spans {
	struct ev_aggregated *a;
	const struct ev_aggregate *plan;
	struct ev_grid *grid;
	struct ev_bucket first, last;
	struct ev_table *keys;	  /* each group once, without its bucket */
	struct ev_group_row *row; /* those of one bucket */
	size_t rolling;		  /* buckets of a window; 0: none */
	struct ev_bucket *past;	  /* the buckets of the window, a ring */
	size_t seen;		  /* buckets so far */
};

/* The bucket of a moment with a fraction before which all is. */
static struct ev_bucket
bucket_before(const struct ev_every *every, struct timespec t)
{
	int64_t sec = (int64_t)t.tv_sec;

	return ev_bucket_at(every, t.tv_nsec > 0 ? sec : sec - 1);
}

/* The first and the last bucket; false: there are none. */
static bool
find_ends(struct spans *s)
{
	const struct ev_filter *filter = s->plan->scope->filter;
	const struct ev_every *every = &s->plan->every;
	const struct ev_times *times = &s->a->times;

	if (filter->has_since)
		s->first = ev_bucket_at(every, (int64_t)filter->since.tv_sec);
	else if (times->any)
		s->first = ev_bucket_at(every, (int64_t)times->first.tv_sec);
	else
		return false;
	if (filter->has_until)
		s->last = bucket_before(every, filter->until);
	else if (times->any)
		s->last = ev_bucket_at(every, (int64_t)times->last.tv_sec);
	else
		return false;
	return s->first.from <= s->last.from;
}

static void
find_keys(struct spans *s)
{
	const struct ev_key none = { EV_MARK_NULL, { "", 0 }, EV_TABLE_ALWAYS };
	const struct ev_table *table = s->a->table;
	struct ev_key key;
	size_t i;

	s->keys = ev_table_new(0);
	if (s->plan->fields == 0)
		ev_table_at(s->keys, &none);
	for (i = 0; i < ev_table_count(table); i++) {
		key = ev_table_key(table, ev_table_group(table, i));
		key.bucket = EV_TABLE_ALWAYS;
		ev_table_at(s->keys, &key);
	}
}

/* The groups of the present bucket and of those before it, as one table. */
static struct ev_table *
window(const struct spans *s, struct ev_bucket now)
{
	size_t i, k, n = s->rolling;
	struct ev_table *table = ev_table_new(s->plan->accs);
	struct ev_group *group;
	struct ev_key key, into;

	if (n > s->seen)
		n = s->seen;
	for (k = 0; k < ev_table_count(s->keys); k++) {
		key = into = ev_table_key(s->keys, ev_table_group(s->keys, k));
		into.bucket = now.from;
		for (i = 0; i < n; i++) {
			key.bucket = s->past[i].from;
			group = ev_table_find(s->a->table, &key);
			if (group != NULL)
				ev_aggregated_join(
				    s->plan, table, &into, group);
		}
	}
	return table;
}

static void
compare(const struct spans *s, struct ev_bucket now, struct ev_group_row *row)
{
	struct ev_key key = row->key;
	const struct ev_group *group;

	row->compared = now.from > s->first.from;
	if (!row->compared)
		return;
	key.bucket = ev_bucket_at(&s->plan->every, now.from - 1).from;
	group = ev_table_find(s->a->table, &key);
	row->previous = group != NULL ? group->count : 0;
}

/* The first bucket that a row is of: spans are not of one length. */
static struct ev_bucket
oldest(const struct spans *s, struct ev_bucket now)
{
	if (s->rolling == 0)
		return now;
	return s->past[s->seen < s->rolling ? 0 : s->seen % s->rolling];
}

static void
put_bucket(struct spans *s, struct ev_bucket now, const struct ev_table *table)
{
	size_t i, n = ev_table_count(s->keys);
	double hours = (double)(now.to - oldest(s, now).from) / 3600;
	struct ev_group *group;
	struct ev_group_row *row;

	for (i = 0; i < n; i++) {
		row = &s->row[i];
		*row = (struct ev_group_row){ .key = ev_table_key(s->keys,
						  ev_table_group(s->keys, i)) };
		row->key.bucket = now.from;
		group = ev_table_find(table, &row->key);
		if (group != NULL)
			*row = ev_row_of(table, group);
		row->total = s->a->total;
		row->hours = hours;
		if (s->plan->ask.versus)
			compare(s, now, row);
	}
	qsort(s->row, n, sizeof(*s->row), ev_row_cmp);
	for (i = 0; i < n; i++)
		if (s->row[i].count > 0 || !s->plan->ask.skip_empty)
			ev_row_cells(s->plan, &s->row[i], s->grid);
}

static int
put_all(struct spans *s, struct ev_err *err)
{
	size_t keys = ev_table_count(s->keys);
	struct ev_bucket now = s->first;
	struct ev_table *table;
	uint64_t rows = 0;

	for (; now.from <= s->last.from;
	     now = ev_bucket_next(&s->plan->every, now)) {
		rows += keys;
		if (rows > EV_ROWS_MOST)
			return ev_fail(err,
			    "more than %d rows: make --every longer, or see "
			    "--top and --skip-empty",
			    EV_ROWS_MOST);
		if (s->rolling == 0) {
			put_bucket(s, now, s->a->table);
			continue;
		}
		s->past[s->seen++ % s->rolling] = now;
		table = window(s, now);
		put_bucket(s, now, table);
		ev_aggregated_drop(s->plan, table);
	}
	return 0;
}

/* Only the groups that are there, so that no bucket costs anything. */
static void
put_present(struct spans *s)
{
	const struct ev_table *table = s->a->table;
	size_t i, n = ev_table_count(table);
	struct ev_bucket now;
	struct ev_group_row *row;

	free(s->row);
	s->row = ev_realloc(NULL, n + 1, sizeof(*s->row));
	for (i = 0; i < n; i++)
		s->row[i] = ev_row_of(table, ev_table_group(table, i));
	qsort(s->row, n, sizeof(*s->row), ev_row_cmp);
	for (i = 0; i < n; i++) {
		row = &s->row[i];
		if (row->key.bucket == EV_TABLE_ALWAYS)
			continue;
		now = ev_bucket_at(&s->plan->every, row->key.bucket);
		row->total = s->a->total;
		row->hours = (double)(now.to - now.from) / 3600;
		if (s->plan->ask.versus)
			compare(s, now, row);
		ev_row_cells(s->plan, row, s->grid);
	}
}

int
ev_spans_rows(struct ev_aggregated *a, struct ev_grid *grid, struct ev_err *err)
{
	struct spans s = { .a = a, .plan = a->plan, .grid = grid };
	int r = 0;

	if (!find_ends(&s))
		return 0;
	find_keys(&s);
	s.row = ev_realloc(NULL, ev_table_count(s.keys) + 1, sizeof(*s.row));
	/* there are no more spans than rows */
	s.rolling = a->plan->ask.rolling > EV_ROWS_MOST ?
	    EV_ROWS_MOST :
	    (size_t)a->plan->ask.rolling;
	s.past = ev_calloc(s.rolling + 1, sizeof(*s.past));
	if (a->plan->ask.skip_empty && s.rolling == 0)
		put_present(&s);
	else
		r = put_all(&s, err);
	ev_table_free(s.keys);
	free(s.row);
	free(s.past);
	return r;
}
