/* The formats csv and tsv: a heading, then the rows. */
#include "grid/print.h"
#include "out/escape.h"
#include "out/table.h"

typedef void cell_end(struct ev_buf *out, size_t from);

static void
put_heading(
    const struct ev_grid *grid, char between, cell_end *end, struct ev_buf *out)
{
	size_t i, from;

	for (i = 0; i < grid->columns; i++) {
		if (i > 0)
			ev_buf_addc(out, between);
		from = out->n;
		ev_buf_adds(out, grid->column[i].name);
		end(out, from);
	}
	ev_buf_addc(out, '\n');
}

static void
put_rows(
    const struct ev_grid *grid, char between, cell_end *end, struct ev_buf *out)
{
	size_t row, i, from;

	for (row = 0; row < grid->rows; row++) {
		for (i = 0; i < grid->columns; i++) {
			if (i > 0)
				ev_buf_addc(out, between);
			from = out->n;
			ev_grid_plain(grid, row, i, out);
			end(out, from);
		}
		ev_buf_addc(out, '\n');
	}
}

/* Of panels one stands below the other, a blank line between them. */
static void
put_grid(const struct ev_grid *grid, const struct ev_grid_look *look,
    char between, cell_end *end, struct ev_buf *out)
{
	size_t i, from = out->n;

	if (grid->panels == 0) {
		put_heading(grid, between, end, out);
		put_rows(grid, between, end, out);
	}
	for (i = 0; i < grid->panels; i++) {
		if (i > 0)
			ev_buf_addc(out, '\n');
		put_grid(&grid->panel[i], look, between, end, out);
	}
	if (look->terminal)
		ev_escape_lines(out, from);
}

void
ev_grid_csv(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	put_grid(grid, look, ',', ev_csv_cell, out);
}

void
ev_grid_tsv(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	put_grid(grid, look, '\t', ev_tsv_cell, out);
}
