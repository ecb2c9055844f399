#include "grid/heat.h"

#include "grid/glyph.h"
#include "grid/show.h"
#include "out/cells.h"

#define WIDTH 80 /* of a page where nobody says it */
#define NAME 30	 /* terminal columns of a row's name, at most */
#define CELL 2	 /* terminal columns of a shade */
#define BETWEEN 2

static double
greatest(const struct ev_grid *grid)
{
	double most = 0, value;
	size_t i;

	for (i = 1; i < grid->columns; i++) {
		value = ev_grid_greatest(grid, i);
		most = value > most ? value : most;
	}
	return most;
}

/* Appends the name of a row; gives the columns it took. */
static size_t
put_name(const struct ev_grid *grid, const struct ev_grid_look *look,
    size_t row, struct ev_buf *out)
{
	struct ev_buf name = EV_BUF_INIT;
	size_t cells;

	ev_grid_show(grid, row, 0, &name);
	cells = ev_escape_cut(out, ev_buf_slice(&name), NAME, look->ascii);
	ev_buf_clear(&name);
	return cells;
}

/* The columns of the longest name. */
static size_t
name_width(const struct ev_grid *grid, const struct ev_grid_look *look)
{
	struct ev_buf name = EV_BUF_INIT;
	size_t row, cells, most = 0;

	for (row = 0; row < grid->rows; row++) {
		ev_buf_reset(&name);
		cells = put_name(grid, look, row, &name);
		most = cells > most ? cells : most;
	}
	ev_buf_clear(&name);
	return most;
}

/* The first column that the page has room for. */
static size_t
first_column(
    const struct ev_grid *grid, const struct ev_grid_look *look, size_t name)
{
	size_t page = look->width > 0 ? look->width : WIDTH, room = 1;

	if (page >= name + BETWEEN + CELL)
		room = (page - name - BETWEEN) / CELL;
	return grid->columns - 1 > room ? grid->columns - room : 1;
}

static void
put_shades(const struct ev_grid *grid, size_t row, size_t from, double most,
    bool ascii, struct ev_buf *out)
{
	double value;
	size_t i;

	for (i = from; i < grid->columns; i++) {
		value = 0;
		ev_grid_value(grid, row, i, &value);
		ev_glyph_heat(out, value / most, ascii);
	}
	while (out->p[out->n - 1] == ' ')
		out->n--;
}

void
ev_heat_draw(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	size_t name = name_width(grid, look), row, cells;
	size_t from = first_column(grid, look, name);
	double most = greatest(grid);

	ev_buf_addf(out, "\n%s: %s to %s, at most %.6g\n", grid->report,
	    grid->column[from].name, grid->column[grid->columns - 1].name,
	    most);
	for (row = 0; row < grid->rows && most > 0; row++) {
		cells = put_name(grid, look, row, out);
		for (; cells < name + BETWEEN; cells++)
			ev_buf_addc(out, ' ');
		put_shades(grid, row, from, most, look->ascii, out);
		ev_buf_addc(out, '\n');
	}
}
