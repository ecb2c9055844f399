/* The formats csv, tsv and md: rows of cells. */
#include "grid/print.h"
#include "grid/show.h"
#include "out/escape.h"
#include "out/table.h"

struct shape {
	const char *before, *between, *behind;
	void (*cell)(struct ev_buf *out, size_t from);
	bool shown;	   /* as people read it, not as it is stored */
	const char *panel; /* before the name of a panel; NULL: not said */
};

static const struct shape csv = { "", ",", "\n", ev_csv_cell, false, NULL };
static const struct shape tsv = { "", "\t", "\n", ev_tsv_cell, false, NULL };
static const struct shape md = { "| ", " | ", " |\n", ev_md_cell, true, "## " };

static void
put_head(
    const struct shape *shape, const struct ev_grid *grid, struct ev_buf *out)
{
	size_t i, from;

	ev_buf_adds(out, shape->before);
	for (i = 0; i < grid->columns; i++) {
		ev_buf_adds(out, i > 0 ? shape->between : "");
		from = out->n;
		ev_buf_adds(out, grid->column[i].name);
		shape->cell(out, from);
	}
	ev_buf_adds(out, shape->behind);
	for (i = 0; shape->shown && i < grid->columns; i++)
		ev_buf_addf(out, "%s --%s |", i == 0 ? "|" : "",
		    ev_grid_is_number(grid, i) ? "-:" : "-");
	ev_buf_adds(out, shape->shown ? "\n" : "");
}

static void
put_row(const struct shape *shape, const struct ev_grid *grid, size_t row,
    struct ev_buf *out)
{
	size_t i, from = 0;

	ev_buf_adds(out, shape->before);
	for (i = 0; i < grid->columns; i++) {
		ev_buf_adds(out, i > 0 ? shape->between : "");
		from = out->n;
		if (shape->shown)
			ev_grid_show(grid, row, i, out);
		else
			ev_grid_plain(grid, row, i, out);
		shape->cell(out, from);
	}
	/* a blank line would be passed over by readers */
	if (shape == &csv && grid->columns == 1 && out->n == from)
		ev_buf_adds(out, "\"\"");
	ev_buf_adds(out, shape->behind);
}

static void
put_grid(
    const struct shape *shape, const struct ev_grid *grid, struct ev_buf *out)
{
	size_t row;

	if (grid->columns > 0)
		put_head(shape, grid, out);
	for (row = 0; row < grid->rows; row++)
		put_row(shape, grid, row, out);
}

/* Panels are tables of their own, a blank line between. */
static void
put_all(const struct shape *shape, const struct ev_grid *grid,
    const struct ev_grid_look *look, struct ev_buf *out)
{
	size_t i, from = out->n;

	if (grid->panels == 0)
		put_grid(shape, grid, out);
	for (i = 0; i < grid->panels; i++) {
		ev_buf_adds(out, i > 0 ? "\n" : "");
		if (shape->panel != NULL)
			ev_buf_addf(out, "%s%s\n\n", shape->panel,
			    grid->panel[i].report);
		put_grid(shape, &grid->panel[i], out);
	}
	if (look->terminal)
		ev_escape_lines(out, from);
}

void
ev_grid_csv(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	put_all(&csv, grid, look, out);
}

void
ev_grid_tsv(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	put_all(&tsv, grid, look, out);
}

void
ev_grid_md(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	put_all(&md, grid, look, out);
}
