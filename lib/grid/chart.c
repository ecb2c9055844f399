#include "grid/chart.h"

#include <math.h>

#include "grid/pen.h"
#include "grid/show.h"
#include "out/markup.h"

#define MOST 24	   /* rows that are drawn */
#define BAR_ROW 36 /* pixels of a row: a line of text and a bar */
#define BAR_HEIGHT 8
#define HEAT_ROW 40
#define HEAT_CELL 16
#define WHOLE 160 /* terminal columns of what a pointer shows */

static size_t
shown(const struct ev_grid *grid)
{
	return grid->rows < MOST ? grid->rows : MOST;
}

/* The name of a row on the left, its value on the right. */
static void
put_line(const struct ev_pen *pen, size_t row, unsigned y)
{
	ev_buf_addf(pen->out, "<text class=\"l\" x=\"0\" y=\"%u\">", y);
	ev_pen_label(pen, row, EV_PEN_LABEL);
	ev_buf_addf(
	    pen->out, "</text>\n<text class=\"v\" x=\"100%%\" y=\"%u\">", y);
	ev_pen_shown(pen, row, pen->measure);
	ev_buf_adds(pen->out, "</text>\n");
}

static void
draw_bars(const struct ev_pen *pen)
{
	size_t row, rows = shown(pen->grid);
	unsigned y;

	for (row = 0; row < rows; row++) {
		y = pen->top + (unsigned)row * BAR_ROW;
		put_line(pen, row, y + 14);
		ev_buf_addf(pen->out,
		    "<rect class=\"g\" x=\"0\" y=\"%u\" width=\"100%%\" "
		    "height=\"%d\" rx=\"4\"/>\n<rect class=\"b\" x=\"0\" "
		    "y=\"%u\" width=\"%.2f%%\" height=\"%d\" rx=\"4\">",
		    y + 20, BAR_HEIGHT, y + 20,
		    100 *
			ev_pen_part(
			    pen, ev_pen_value(pen, row, pen->measure, NULL)),
		    BAR_HEIGHT);
		ev_pen_hint(pen, row, pen->measure);
		ev_buf_adds(pen->out, "</rect>\n");
	}
}

static void
draw_strip(const struct ev_pen *pen, size_t row, unsigned y)
{
	size_t i, n = pen->grid->columns - 1;
	double value;

	for (i = 0; i < n; i++) {
		value = ev_pen_value(pen, row, (int)i + 1, NULL);
		ev_buf_addf(pen->out,
		    "<rect class=\"%s\" x=\"%.2f%%\" y=\"%u\" width=\"%.2f%%\" "
		    "height=\"%d\" rx=\"2\" fill-opacity=\"%.2f\"><title>",
		    value > 0 ? "b" : "g", (double)i * 100 / (double)n, y,
		    92 / (double)n, HEAT_CELL,
		    value > 0 ? 0.2 + 0.8 * ev_pen_part(pen, value) : 1);
		ev_markup_cut(pen->out,
		    ev_slice_of(pen->grid->column[i + 1].name), WHOLE);
		ev_buf_addf(pen->out, ": %.6g</title></rect>\n", value);
	}
}

/* A strip of shades for each row, a shade for each column but the first. */
static void
draw_heat(const struct ev_pen *pen)
{
	size_t row, rows = shown(pen->grid);
	const struct ev_grid *grid = pen->grid;
	unsigned y;

	for (row = 0; row < rows; row++) {
		y = pen->top + (unsigned)row * HEAT_ROW;
		ev_buf_addf(
		    pen->out, "<text class=\"l\" x=\"0\" y=\"%u\">", y + 12);
		ev_pen_label(pen, row, EV_PEN_LABEL);
		ev_buf_adds(pen->out, "</text>\n");
		draw_strip(pen, row, y + 17);
	}
	y = pen->top + (unsigned)rows * HEAT_ROW + 12;
	ev_buf_addf(pen->out, "<text class=\"a\" x=\"0\" y=\"%u\">", y);
	ev_markup_cut(
	    pen->out, ev_slice_of(grid->column[1].name), EV_PEN_LABEL);
	ev_buf_addf(
	    pen->out, "</text>\n<text class=\"v a\" x=\"100%%\" y=\"%u\">", y);
	ev_markup_cut(pen->out,
	    ev_slice_of(grid->column[grid->columns - 1].name), EV_PEN_LABEL);
	ev_buf_adds(pen->out, "</text>\n");
}

static double
greatest(const struct ev_pen *pen, enum ev_grid_chart chart)
{
	double most = ev_grid_greatest(pen->grid, (size_t)pen->measure), more;
	size_t i;

	if (chart == EV_GRID_LINE && pen->other >= 0) {
		more = ev_grid_greatest(pen->grid, (size_t)pen->other);
		most = fmax(most, more);
	}
	for (i = 1; chart == EV_GRID_HEAT && i < pen->grid->columns; i++)
		most = fmax(most, ev_grid_greatest(pen->grid, i));
	/* a whole is the measure of its parts */
	if (pen->grid->column[pen->measure].kind == EV_GRID_RATIO && most < 1)
		most = 1;
	return most;
}

unsigned
ev_chart_height(const struct ev_grid *grid)
{
	size_t rows = shown(grid);

	switch (ev_grid_chart_of(grid)) {
	case EV_GRID_BARS:
		return (unsigned)rows * BAR_ROW;
	case EV_GRID_LINE:
		return EV_PLOT_HEIGHT;
	case EV_GRID_BUBBLES:
		return ev_bubbles_height(grid);
	case EV_GRID_HEAT:
		return grid->columns < 2 ? 0 : (unsigned)rows * HEAT_ROW + 20;
	default:
		return 0;
	}
}

void
ev_chart_draw(const struct ev_grid *grid, unsigned top, struct ev_buf *out)
{
	static void (*const draw[])(const struct ev_pen *pen) = {
		[EV_GRID_BARS] = draw_bars,
		[EV_GRID_LINE] = ev_plot_draw,
		[EV_GRID_BUBBLES] = ev_bubbles_draw,
		[EV_GRID_HEAT] = draw_heat,
	};
	enum ev_grid_chart chart = ev_grid_chart_of(grid);
	struct ev_pen pen = { grid, out, top, ev_grid_measure_of(grid),
		grid->chart == chart ? grid->other : -1, 0 };

	if (ev_chart_height(grid) == 0)
		return;
	pen.greatest = greatest(&pen, chart);
	draw[chart](&pen);
}

void
ev_chart_title(const struct ev_grid *grid, struct ev_buf *out)
{
	int measure = ev_grid_measure_of(grid);
	size_t i;

	ev_markup(out, ev_slice_of(grid->report));
	if (measure < 0 || grid->chart == EV_GRID_HEAT)
		return;
	ev_buf_adds(out, ": ");
	ev_markup(out, ev_slice_of(grid->column[measure].name));
	for (i = 0; i < grid->columns; i++)
		if (grid->column[i].group) {
			ev_buf_adds(out, " by ");
			ev_markup(out, ev_slice_of(grid->column[i].name));
			return;
		}
}
