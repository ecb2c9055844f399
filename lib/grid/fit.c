#include "grid/fit.h"

#include <stdlib.h>

#include "base/mem.h"

#define LEAST 12 /* a text that is cut keeps so many */

void
ev_grid_fit_init(struct ev_grid_fit *fit, size_t columns)
{
	size_t n = columns > 0 ? columns : 1;

	fit->width = ev_calloc(n, sizeof(*fit->width));
	fit->most = ev_calloc(n, sizeof(*fit->most));
	fit->left = ev_calloc(n, sizeof(*fit->left));
}

void
ev_grid_fit_clear(struct ev_grid_fit *fit)
{
	free(fit->width);
	free(fit->most);
	free(fit->left);
}

/* How much a column can be cut by. */
static size_t
slack(const struct ev_grid *grid, const struct ev_grid_fit *fit, size_t i)
{
	enum ev_grid_kind kind = grid->column[i].kind;

	if (fit->left[i] || (kind != EV_GRID_TEXT && kind != EV_GRID_JSON))
		return 0;
	return fit->width[i] > LEAST ? fit->width[i] - LEAST : 0;
}

/* The column that is left out next, -1: none may. */
static int
sparest(const struct ev_grid *grid, const struct ev_grid_fit *fit)
{
	const struct ev_grid_column *column = grid->column;
	int most = -1;
	size_t i;

	for (i = 0; i < grid->columns; i++)
		if (!fit->left[i] && column[i].spare > 0 &&
		    (most < 0 || column[i].spare > column[most].spare))
			most = (int)i;
	return most;
}

/* The widest column of texts, -1: none that could be cut. */
static int
widest(const struct ev_grid *grid, const struct ev_grid_fit *fit)
{
	int most = -1;
	size_t i;

	for (i = 0; i < grid->columns; i++)
		if (slack(grid, fit, i) > 0 &&
		    (most < 0 || fit->width[i] > fit->width[most]))
			most = (int)i;
	return most;
}

size_t
ev_grid_fit(const struct ev_grid *grid, struct ev_grid_fit *fit, size_t used,
    size_t page)
{
	size_t loose = 0, i;
	int out;

	if (page == 0)
		return used;
	page += EV_GRID_BETWEEN; /* there is nothing behind the last one */
	for (i = 0; i < grid->columns; i++)
		loose += slack(grid, fit, i);
	while (used - loose > page && (out = sparest(grid, fit)) >= 0) {
		loose -= slack(grid, fit, (size_t)out);
		fit->left[out] = true;
		used -= fit->width[out] + EV_GRID_BETWEEN;
	}
	while (used > page && (out = widest(grid, fit)) >= 0) {
		fit->most[out] = --fit->width[out];
		used--;
	}
	return used;
}
