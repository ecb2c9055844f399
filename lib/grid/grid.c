#include "grid/grid.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "json/double.h"
#include "json/number.h"
#include "json/quote.h"
#include "text/time.h"

void
ev_grid_init(struct ev_grid *grid, const char *report)
{
	*grid = (struct ev_grid){
		.report = ev_strdup(report), .measure = -1, .other = -1
	};
}

void
ev_grid_clear(struct ev_grid *grid)
{
	size_t i;

	for (i = 0; i < grid->columns; i++)
		free(grid->column[i].name);
	for (i = 0; i < grid->panels; i++)
		ev_grid_clear(&grid->panel[i]);
	if (grid->aside != NULL)
		ev_grid_clear(grid->aside);
	free(grid->aside);
	free(grid->report);
	free(grid->column);
	free(grid->panel);
	free(grid->end);
	free(grid->order);
	ev_buf_clear(&grid->text);
	ev_buf_clear(&grid->notes);
	*grid = (struct ev_grid){ 0 };
}

size_t
ev_grid_column(struct ev_grid *grid, const char *name, enum ev_grid_kind kind)
{
	struct ev_grid_column *column;

	grid->column =
	    ev_realloc(grid->column, grid->columns + 1, sizeof(*grid->column));
	column = &grid->column[grid->columns];
	column->name = ev_strdup(name);
	column->kind = kind;
	column->group = false;
	column->spare = 0;
	return grid->columns++;
}

size_t
ev_grid_group(struct ev_grid *grid, const char *name, enum ev_grid_kind kind)
{
	size_t i = ev_grid_column(grid, name, kind);

	grid->column[i].group = true;
	return i;
}

void
ev_grid_spare(struct ev_grid *grid, unsigned rank)
{
	grid->column[grid->columns - 1].spare = rank;
}

int
ev_grid_find(const struct ev_grid *grid, struct ev_slice name)
{
	size_t i;

	for (i = 0; i < grid->columns; i++)
		if (ev_slice_is(name, grid->column[i].name))
			return (int)i;
	return -1;
}

struct ev_grid *
ev_grid_panel(struct ev_grid *grid, const char *name)
{
	grid->panel =
	    ev_realloc(grid->panel, grid->panels + 1, sizeof(*grid->panel));
	ev_grid_init(&grid->panel[grid->panels], name);
	return &grid->panel[grid->panels++];
}

struct ev_grid *
ev_grid_aside(struct ev_grid *grid, const char *name)
{
	grid->aside = ev_malloc(sizeof(*grid->aside));
	ev_grid_init(grid->aside, name);
	return grid->aside;
}

void
ev_grid_draw(
    struct ev_grid *grid, enum ev_grid_chart chart, size_t measure, int other)
{
	grid->chart = chart;
	grid->measure = (int)measure;
	grid->other = other;
}

/* What was appended to the text is the next cell. */
static void
end_cell(struct ev_grid *grid)
{
	if (grid->cells == grid->room) {
		grid->room = grid->room == 0 ? 64 : grid->room * 2;
		grid->end =
		    ev_realloc(grid->end, grid->room, sizeof(*grid->end));
	}
	grid->end[grid->cells++] = grid->text.n;
	grid->rows = grid->cells / grid->columns;
}

void
ev_grid_null(struct ev_grid *grid)
{
	ev_buf_adds(&grid->text, "null");
	end_cell(grid);
}

void
ev_grid_text(struct ev_grid *grid, struct ev_slice text)
{
	ev_quote(&grid->text, text);
	end_cell(grid);
}

void
ev_grid_count(struct ev_grid *grid, uint64_t count)
{
	ev_buf_addf(&grid->text, "%" PRIu64, count);
	end_cell(grid);
}

void
ev_grid_number(struct ev_grid *grid, double number)
{
	ev_double_print(&grid->text, number);
	end_cell(grid);
}

void
ev_grid_time(struct ev_grid *grid, struct timespec time)
{
	char text[EV_TIME_SIZE];

	if (time.tv_nsec >= 1000000)
		ev_time_format(time, text);
	else
		ev_time_format_s(time, text);
	ev_buf_addf(&grid->text, "\"%s\"", text);
	end_cell(grid);
}

void
ev_grid_raw(struct ev_grid *grid, struct ev_slice json)
{
	if (json.n == 0) {
		ev_grid_null(grid);
		return;
	}
	ev_buf_addslice(&grid->text, json);
	end_cell(grid);
}

struct ev_slice
ev_grid_cell(const struct ev_grid *grid, size_t row, size_t column)
{
	size_t i, from;

	if (grid->order != NULL)
		row = grid->order[row];
	i = row * grid->columns + column;
	from = i == 0 ? 0 : grid->end[i - 1];
	return (struct ev_slice){ grid->text.p + from, grid->end[i] - from };
}

static bool
row_is_empty(const struct ev_grid *grid, size_t row)
{
	struct ev_slice cell;
	size_t i;

	for (i = 0; i < grid->columns; i++) {
		cell = ev_grid_cell(grid, row, i);
		if (!grid->column[i].group && !ev_slice_is(cell, "0") &&
		    !ev_slice_is(cell, "null"))
			return false;
	}
	return true;
}

bool
ev_grid_is_empty(const struct ev_grid *grid)
{
	size_t i;

	for (i = 0; i < grid->panels; i++)
		if (!ev_grid_is_empty(&grid->panel[i]))
			return false;
	for (i = 0; i < grid->rows; i++)
		if (!row_is_empty(grid, i))
			return false;
	return true;
}

void
ev_grid_plain(
    const struct ev_grid *grid, size_t row, size_t column, struct ev_buf *out)
{
	struct ev_slice cell = ev_grid_cell(grid, row, column);
	struct ev_val string = { .kind = EV_STRING, .escaped = 1 };

	if (cell.p[0] == '"') {
		string.p = cell.p + 1;
		string.n = (uint32_t)(cell.n - 2);
		ev_unquote(out, &string);
	} else if (cell.p[0] != 'n')
		ev_buf_addslice(out, cell);
}

bool
ev_grid_value(
    const struct ev_grid *grid, size_t row, size_t column, double *out)
{
	struct ev_slice cell = ev_grid_cell(grid, row, column);

	if (ev_kind_of(cell.p[0]) != EV_NUMBER)
		return false;
	*out = ev_num_double(cell);
	return true;
}

/* How kinds of cells stand to each other. */
static int
rank(struct ev_slice cell)
{
	switch (ev_kind_of(cell.p[0])) {
	case EV_NULL:
		return 0;
	case EV_NUMBER:
		return 1;
	default:
		return 2;
	}
}

int
ev_grid_cmp(const struct ev_grid *grid, size_t row, size_t other, size_t column)
{
	struct ev_slice a = ev_grid_cell(grid, row, column);
	struct ev_slice b = ev_grid_cell(grid, other, column);
	int diff = rank(a) - rank(b);

	if (diff != 0)
		return diff < 0 ? -1 : 1;
	return rank(a) == 1 ? ev_num_cmp(a, b) : ev_slice_cmp(a, b);
}
