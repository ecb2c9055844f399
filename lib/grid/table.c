/* The format table: columns for people, with bars, sparklines, heat maps. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "grid/fit.h"
#include "grid/glyph.h"
#include "grid/heat.h"
#include "grid/print.h"
#include "grid/show.h"
#include "out/cells.h"
#include "out/color.h"
#include "out/escape.h"

#define MOST 60	    /* terminal columns of one cell, on a terminal */
#define WIDTH 80    /* of a page where nobody says it */
#define BAR_LEAST 6 /* columns of the longest bar */
#define BAR_MOST 30

struct drawing {
	const struct ev_grid *grid;
	const struct ev_grid_look *look;
	struct ev_buf *out;
	struct ev_grid_fit fit;
	size_t bar;   /* of the longest bar, 0: no bars */
	bool seconds; /* times without fractions, for want of room */
	int measure;
	double greatest;	    /* of the measure */
	struct ev_buf plain, shown; /* of the present cell */
};

/* Appends an untrusted text, cut to `most` columns (0: as it is). */
static void
put_text(const struct ev_grid_look *look, struct ev_slice text, size_t most,
    struct ev_buf *out)
{
	if (most > 0)
		ev_escape_cut(out, text, most, look->ascii);
	else
		ev_escape(out, text);
}

/* Of a time: 2026-01-06T10:30:00.123Z becomes 2026-01-06T10:30:00Z. */
static void
cut_fraction(struct ev_buf *text)
{
	char *dot = memchr(text->p, '.', text->n), *end = text->p + text->n;
	char *zone = dot;

	if (dot == NULL)
		return;
	while (++zone < end && *zone >= '0' && *zone <= '9')
		;
	memmove(dot, zone, (size_t)(end - zone));
	text->n -= (size_t)(zone - dot);
}

/* A cell as it is shown; good until the next. */
static struct ev_slice
show(struct drawing *d, size_t row, size_t column)
{
	ev_buf_reset(&d->plain);
	ev_buf_reset(&d->shown);
	ev_grid_show(d->grid, row, column, &d->plain);
	if (d->seconds && d->grid->column[column].kind == EV_GRID_TIME)
		cut_fraction(&d->plain);
	put_text(
	    d->look, ev_buf_slice(&d->plain), d->fit.most[column], &d->shown);
	return ev_buf_slice(&d->shown);
}

static struct ev_slice
heading(struct drawing *d, size_t column)
{
	ev_buf_reset(&d->shown);
	put_text(d->look, ev_slice_of(d->grid->column[column].name),
	    d->fit.most[column], &d->shown);
	return ev_buf_slice(&d->shown);
}

/* The columns that are left for bars. */
static void
measure_bars(struct drawing *d, size_t used)
{
	size_t page = d->look->width > 0 ? d->look->width : WIDTH;
	enum ev_grid_chart chart = ev_grid_chart_of(d->grid);

	d->measure = ev_grid_measure_of(d->grid);
	if (chart == EV_GRID_NONE || d->grid->rows < 2)
		return;
	d->greatest = ev_grid_greatest(d->grid, (size_t)d->measure);
	if (d->greatest > 0 && page >= used + BAR_LEAST)
		d->bar = page - used > BAR_MOST ? BAR_MOST : page - used;
}

/* Leaves out the fractions of seconds; gives how many columns that saves. */
static size_t
shorten_times(struct drawing *d)
{
	size_t i, row, width, saved = 0;

	d->seconds = true;
	for (i = 0; i < d->grid->columns; i++) {
		if (d->grid->column[i].kind != EV_GRID_TIME)
			continue;
		saved += d->fit.width[i];
		d->fit.width[i] = ev_cells(heading(d, i));
		for (row = 0; row < d->grid->rows; row++) {
			width = ev_cells(show(d, row, i));
			if (width > d->fit.width[i])
				d->fit.width[i] = width;
		}
		saved -= d->fit.width[i];
	}
	return saved;
}

static void
measure(struct drawing *d)
{
	const struct ev_grid *grid = d->grid;
	size_t page = d->look->width, i, row, width, used = 0;

	for (i = 0; i < grid->columns; i++) {
		d->fit.most[i] = d->look->terminal ? MOST : 0;
		d->fit.width[i] = ev_cells(heading(d, i));
		for (row = 0; row < grid->rows; row++) {
			width = ev_cells(show(d, row, i));
			if (width > d->fit.width[i])
				d->fit.width[i] = width;
		}
		used += d->fit.width[i] + EV_GRID_BETWEEN;
	}
	if (page > 0 && used > page + EV_GRID_BETWEEN)
		used -= shorten_times(d);
	measure_bars(d, ev_grid_fit(grid, &d->fit, used, page));
}

static void
pad(struct ev_buf *out, size_t n)
{
	while (n-- > 0)
		ev_buf_addc(out, ' ');
}

static void
put_cell(struct drawing *d, size_t column, struct ev_slice text, bool last)
{
	size_t room = d->fit.width[column] - ev_cells(text);
	bool right = ev_grid_is_number(d->grid, column);

	if (d->fit.left[column])
		return;
	if (column > 0)
		ev_buf_adds(d->out, "  ");
	if (right)
		pad(d->out, room);
	ev_buf_addslice(d->out, text);
	if (!right && !last)
		pad(d->out, room);
}

static void
put_head(struct drawing *d)
{
	enum ev_style style = d->look->color ? EV_STYLE_NAME : EV_STYLE_NONE;
	size_t i;

	ev_color_begin(d->out, style);
	for (i = 0; i < d->grid->columns; i++)
		put_cell(d, i, heading(d, i), i + 1 == d->grid->columns);
	ev_color_end(d->out, style);
	ev_buf_addc(d->out, '\n');
}

static void
put_row(struct drawing *d, size_t row)
{
	enum ev_style style = d->look->color ? EV_STYLE_GOOD : EV_STYLE_NONE;
	double value = 0;
	bool bar;
	size_t i;

	bar = d->bar > 0 &&
	    ev_grid_value(d->grid, row, (size_t)d->measure, &value) &&
	    value > 0;
	for (i = 0; i < d->grid->columns; i++)
		put_cell(
		    d, i, show(d, row, i), !bar && i + 1 == d->grid->columns);
	if (bar) {
		ev_buf_adds(d->out, "  ");
		ev_color_begin(d->out, style);
		ev_glyph_bar(
		    d->out, value / d->greatest, d->bar, d->look->ascii);
		ev_color_end(d->out, style);
	}
	ev_buf_addc(d->out, '\n');
}

/* Which columns a wider page would have. */
static void
put_left(struct drawing *d)
{
	const char *between = "no room for ";
	size_t i;

	for (i = 0; i < d->grid->columns; i++)
		if (d->fit.left[i]) {
			ev_buf_adds(d->out, between);
			ev_buf_addslice(d->out, heading(d, i));
			between = ", ";
		}
	if (*between == ',')
		ev_buf_addc(d->out, '\n');
}

/* A line above the table of steps in time. */
static void
put_spark(struct drawing *d)
{
	size_t page = d->look->width > 0 ? d->look->width : WIDTH, row;
	size_t from = 0, name;
	double value;

	if (d->bar == 0 || ev_grid_chart_of(d->grid) != EV_GRID_LINE)
		return;
	name = ev_cells(heading(d, (size_t)d->measure)) + 2;
	if (page <= name)
		return;
	/* what has no room is the oldest */
	if (d->grid->rows > page - name)
		from = d->grid->rows - (page - name);
	ev_buf_addslice(d->out, heading(d, (size_t)d->measure));
	ev_buf_adds(d->out, "  ");
	for (row = from; row < d->grid->rows; row++) {
		value = 0;
		ev_grid_value(d->grid, row, (size_t)d->measure, &value);
		ev_glyph_spark(d->out, value / d->greatest, d->look->ascii);
	}
	ev_buf_adds(d->out, "\n");
}

static void
put_none(const struct ev_grid *grid, struct ev_buf *out)
{
	ev_grid_none(grid, false, out);
	ev_buf_addc(out, '\n');
}

/* Of a panel that is over time the sparkline says enough: a screen holds the
 * others then. */
static bool
put_brief(struct drawing *d)
{
	size_t last = d->grid->rows - 1;

	if (ev_grid_chart_of(d->grid) != EV_GRID_LINE)
		return false;
	if (d->greatest <= 0 && d->grid->rows > 1) {
		put_none(d->grid, d->out);
		return true;
	}
	if (d->bar == 0)
		return false;
	put_spark(d);
	ev_buf_addslice(d->out, show(d, 0, 0));
	ev_buf_adds(d->out, " to ");
	ev_buf_addslice(d->out, show(d, last, 0));
	ev_buf_addf(d->out, ", at most %.4g, last ", d->greatest);
	ev_buf_addslice(d->out, show(d, last, (size_t)d->measure));
	ev_buf_addc(d->out, '\n');
	return true;
}

static void
put_rows(struct drawing *d)
{
	size_t row;

	put_spark(d);
	put_head(d);
	for (row = 0; row < d->grid->rows; row++)
		put_row(d, row);
	put_left(d);
}

static void
draw(const struct ev_grid *grid, const struct ev_grid_look *look, bool panel,
    struct ev_buf *out)
{
	struct drawing d = { .grid = grid, .look = look, .out = out };

	ev_grid_fit_init(&d.fit, grid->columns);
	measure(&d);
	if (grid->chart == EV_GRID_HEAT && grid->columns > 1)
		ev_heat_draw(grid, look, out);
	else if (grid->rows > 0 && !(panel && put_brief(&d)))
		put_rows(&d);
	if (grid->aside != NULL)
		draw(grid->aside, look, false, out);
	ev_buf_addslice(out, ev_buf_slice(&grid->notes));
	ev_buf_clear(&d.plain);
	ev_buf_clear(&d.shown);
	ev_grid_fit_clear(&d.fit);
}

void
ev_grid_table(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	size_t i;

	if (grid->panels == 0)
		draw(grid, look, false, out);
	for (i = 0; i < grid->panels; i++) {
		if (i > 0)
			ev_buf_addc(out, '\n');
		ev_buf_addf(out, "%s\n", grid->panel[i].report);
		if (grid->panel[i].rows == 0)
			put_none(&grid->panel[i], out);
		draw(&grid->panel[i], look, true, out);
	}
}
