/* The format table: columns for people. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "grid/print.h"
#include "out/cells.h"
#include "out/escape.h"

#define MOST 60 /* terminal columns of one cell, on a terminal */

struct drawing {
	const struct ev_grid *grid;
	const struct ev_grid_look *look;
	struct ev_buf *out;
	size_t *width;		    /* of each column */
	struct ev_buf plain, shown; /* of the present cell */
};

static bool
is_number(enum ev_grid_kind kind)
{
	return kind == EV_GRID_COUNT || kind == EV_GRID_NUMBER ||
	    kind == EV_GRID_RATIO || kind == EV_GRID_DURATION;
}

/* A cell as it is shown; good until the next. */
static struct ev_slice
show(struct drawing *d, size_t row, size_t column)
{
	double value;

	ev_buf_reset(&d->plain);
	ev_buf_reset(&d->shown);
	if (d->grid->column[column].kind == EV_GRID_RATIO &&
	    ev_grid_value(d->grid, row, column, &value))
		ev_buf_addf(&d->plain, "%.1f%%", value * 100);
	else
		ev_grid_plain(d->grid, row, column, &d->plain);
	if (d->plain.n == 0)
		ev_buf_addc(&d->plain, '-');
	if (d->look->terminal)
		ev_escape_cut(
		    &d->shown, ev_buf_slice(&d->plain), MOST, d->look->ascii);
	else
		ev_escape(&d->shown, ev_buf_slice(&d->plain));
	return ev_buf_slice(&d->shown);
}

static void
measure(struct drawing *d)
{
	const struct ev_grid *grid = d->grid;
	size_t i, row, width;

	for (i = 0; i < grid->columns; i++) {
		d->width[i] = ev_cells(ev_slice_of(grid->column[i].name));
		for (row = 0; row < grid->rows; row++) {
			width = ev_cells(show(d, row, i));
			if (width > d->width[i])
				d->width[i] = width;
		}
	}
}

static void
pad(struct ev_buf *out, size_t n)
{
	while (n-- > 0)
		ev_buf_addc(out, ' ');
}

static void
put_cell(struct drawing *d, size_t column, struct ev_slice text)
{
	size_t room = d->width[column] - ev_cells(text);
	bool right = is_number(d->grid->column[column].kind);

	if (column > 0)
		ev_buf_adds(d->out, "  ");
	if (right)
		pad(d->out, room);
	ev_buf_addslice(d->out, text);
	if (!right && column + 1 < d->grid->columns)
		pad(d->out, room);
}

static void
draw(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	struct drawing d = { grid, look, out, NULL, EV_BUF_INIT, EV_BUF_INIT };
	size_t i, row;

	d.width = ev_calloc(grid->columns + 1, sizeof(*d.width));
	measure(&d);
	for (i = 0; i < grid->columns && grid->rows > 0; i++)
		put_cell(&d, i, ev_slice_of(grid->column[i].name));
	if (grid->rows > 0)
		ev_buf_addc(out, '\n');
	for (row = 0; row < grid->rows; row++) {
		for (i = 0; i < grid->columns; i++)
			put_cell(&d, i, show(&d, row, i));
		ev_buf_addc(out, '\n');
	}
	ev_buf_addslice(out, ev_buf_slice(&grid->notes));
	ev_buf_clear(&d.plain);
	ev_buf_clear(&d.shown);
	free(d.width);
}

void
ev_grid_table(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	size_t i;

	if (grid->panels == 0)
		draw(grid, look, out);
	for (i = 0; i < grid->panels; i++) {
		if (i > 0)
			ev_buf_addc(out, '\n');
		ev_buf_addf(out, "%s\n", grid->panel[i].report);
		draw(&grid->panel[i], look, out);
	}
}
