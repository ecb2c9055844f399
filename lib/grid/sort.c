#include "grid/sort.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct key {
	size_t column;
	bool down;
};

struct sorting {
	const struct ev_grid *grid;
	struct key *key;
	size_t keys;
};

static int
no_column(const struct ev_grid *grid, struct ev_slice name, struct ev_err *err)
{
	struct ev_buf names = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < grid->columns; i++)
		ev_buf_addf(
		    &names, "%s%s", i > 0 ? ", " : "", grid->column[i].name);
	ev_fail(err, "--sort: no column '%.*s', there are: %s", (int)name.n,
	    name.p, ev_buf_str(&names));
	ev_buf_clear(&names);
	return -1;
}

static int
add_key(struct sorting *sorting, struct ev_slice name, struct ev_err *err)
{
	struct key key = { 0, false };
	int column = ev_grid_find(sorting->grid, name);

	if (column < 0 && name.n > 0 && name.p[0] == '-') {
		key.down = true;
		name = (struct ev_slice){ name.p + 1, name.n - 1 };
		column = ev_grid_find(sorting->grid, name);
	}
	if (column < 0)
		return no_column(sorting->grid, name, err);
	key.column = (size_t)column;
	sorting->key =
	    ev_realloc(sorting->key, sorting->keys + 1, sizeof(*sorting->key));
	sorting->key[sorting->keys++] = key;
	return 0;
}

/* The names of a list; one in which commas stand is found whole. */
static int
read_keys(struct sorting *sorting, const char *keys, struct ev_err *err)
{
	const char *end, *more;

	for (;; keys = end + 1) {
		end = keys + strcspn(keys, ",");
		/* mean(a,b): a comma in parentheses is the name's */
		while ((more = memchr(keys, '(', (size_t)(end - keys))) &&
		    memchr(more, ')', (size_t)(end - more)) == NULL &&
		    *end != '\0')
			end += 1 + strcspn(end + 1, ",");
		if (add_key(sorting,
			(struct ev_slice){ keys, (size_t)(end - keys) },
			err) == -1)
			return -1;
		if (*end == '\0')
			return 0;
	}
}

static bool
is_null(const struct sorting *s, size_t row, size_t column)
{
	return ev_grid_cell(s->grid, row, column).p[0] == 'n';
}

static int
compare(const struct sorting *s, size_t a, size_t b)
{
	const struct key *key;
	int diff;

	for (key = s->key; key < s->key + s->keys; key++) {
		diff = is_null(s, a, key->column) - is_null(s, b, key->column);
		if (diff != 0)
			return diff;
		diff = ev_grid_cmp(s->grid, a, b, key->column);
		if (diff != 0)
			return key->down ? -diff : diff;
	}
	return 0;
}

/* Merges the sorted runs [0, half) and [half, n) of v. */
static void
merge(const struct sorting *s, size_t *v, size_t n, size_t *spare)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	memcpy(spare, v, half * sizeof(*v));
	while (i < half && j < n)
		v[k++] = compare(s, spare[i], v[j]) <= 0 ? spare[i++] : v[j++];
	while (i < half)
		v[k++] = spare[i++];
}

static void
sort(const struct sorting *s, size_t *v, size_t n, size_t *spare)
{
	if (n < 2)
		return;
	sort(s, v, n / 2, spare);
	sort(s, v + n / 2, n - n / 2, spare);
	merge(s, v, n, spare);
}

int
ev_grid_sort(struct ev_grid *grid, const char *keys, struct ev_err *err)
{
	struct sorting sorting = { grid, NULL, 0 };
	size_t *order, *spare, i;

	if (read_keys(&sorting, keys, err) == -1) {
		free(sorting.key);
		return -1;
	}
	/* while it is sorted the grid has the order of before */
	order = ev_realloc(NULL, grid->rows + 1, sizeof(*order));
	spare = ev_realloc(NULL, grid->rows + 1, sizeof(*spare));
	for (i = 0; i < grid->rows; i++)
		order[i] = i;
	sort(&sorting, order, grid->rows, spare);
	for (i = 0; grid->order != NULL && i < grid->rows; i++)
		order[i] = grid->order[order[i]];
	free(grid->order);
	grid->order = order;
	free(spare);
	free(sorting.key);
	return 0;
}
