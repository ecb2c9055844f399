#include "grid/chart.h"

#include <math.h>
#include <stdio.h>

#include "grid/show.h"
#include "out/markup.h"

#define BARS_MOST 24	/* rows that are drawn */
#define BAR_ROW 36	/* pixels of a row: a line of text and a bar */
#define BAR_HEIGHT 8
#define PLOT_HEIGHT 150 /* of what is over time */
#define PLOT_TOP 22
#define PLOT_BOTTOM 24
#define STEPS_MOST 800	/* of time that are drawn, the last ones */
#define DOTS_MOST 80	/* steps that get a dot each */
#define BUBBLES_MOST 24
#define BUBBLE_ROW 108
#define BUBBLE_RADIUS 34
#define BUBBLE_COLUMNS 4
#define HEAT_ROW 40
#define HEAT_CELL 16
#define LABEL 34	/* terminal columns of a label */
#define SHORT 12	/* of one below a bubble */
#define WHOLE 160	/* of what a pointer shows */

struct pen {
	const struct ev_grid *grid;
	struct ev_buf *out;
	unsigned top;
	int measure, other;
	double greatest;
};

static size_t
at_most(size_t n, size_t most)
{
	return n < most ? n : most;
}

/* The value of a cell, 0 where it has none; has: whether it has. */
static double
value_of(const struct pen *pen, size_t row, int column, bool *has)
{
	double value = 0;
	bool is = column >= 0 &&
	    ev_grid_value(pen->grid, row, (size_t)column, &value) &&
	    isfinite(value);

	if (has != NULL)
		*has = is;
	return is ? value : 0;
}

static double
part_of(const struct pen *pen, double value)
{
	return pen->greatest > 0 && value > 0 ? fmin(value / pen->greatest, 1) :
						0;
}

static void
put_label(const struct pen *pen, size_t row, size_t cells)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_grid_label(pen->grid, row, &text);
	ev_markup_cut(pen->out, ev_buf_slice(&text), cells);
	ev_buf_clear(&text);
}

static void
put_value(const struct pen *pen, size_t row, int column)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_grid_show(pen->grid, row, (size_t)column, &text);
	ev_markup_cut(pen->out, ev_buf_slice(&text), LABEL);
	ev_buf_clear(&text);
}

/* <title>label: value</title>, what a pointer shows */
static void
put_hint(const struct pen *pen, size_t row, int column)
{
	ev_buf_adds(pen->out, "<title>");
	put_label(pen, row, WHOLE);
	ev_buf_adds(pen->out, ": ");
	put_value(pen, row, column);
	ev_buf_adds(pen->out, "</title>");
}

/* The name of a row on the left, its value on the right. */
static void
put_line(const struct pen *pen, size_t row, unsigned y)
{
	ev_buf_addf(pen->out, "<text class=\"l\" x=\"0\" y=\"%u\">", y);
	put_label(pen, row, LABEL);
	ev_buf_addf(pen->out,
	    "</text>\n<text class=\"v\" x=\"100%%\" y=\"%u\">", y);
	put_value(pen, row, pen->measure);
	ev_buf_adds(pen->out, "</text>\n");
}

static void
draw_bars(const struct pen *pen)
{
	size_t row, rows = at_most(pen->grid->rows, BARS_MOST);
	unsigned y;

	for (row = 0; row < rows; row++) {
		y = pen->top + (unsigned)row * BAR_ROW;
		put_line(pen, row, y + 14);
		ev_buf_addf(pen->out,
		    "<rect class=\"g\" x=\"0\" y=\"%u\" width=\"100%%\" "
		    "height=\"%d\" rx=\"4\"/>\n<rect class=\"b\" x=\"0\" "
		    "y=\"%u\" width=\"%.2f%%\" height=\"%d\" rx=\"4\">",
		    y + 20, BAR_HEIGHT, y + 20,
		    100 * part_of(pen, value_of(pen, row, pen->measure, NULL)),
		    BAR_HEIGHT);
		put_hint(pen, row, pen->measure);
		ev_buf_adds(pen->out, "</rect>\n");
	}
}

/* Where a step of n stands, in parts of 1000 of the width. */
static double
step_at(size_t i, size_t n)
{
	return ((double)i + 0.5) * 1000 / (double)n;
}

static double
height_at(const struct pen *pen, double value)
{
	return PLOT_HEIGHT * (1 - part_of(pen, value));
}

/* A line through the values of a column, broken where there is none. */
static void
draw_line(
    const struct pen *pen, size_t from, int column, const char *class)
{
	size_t n = pen->grid->rows - from, i;
	bool has, open = false;
	double value;

	for (i = 0; i < n; i++) {
		value = value_of(pen, from + i, column, &has);
		if (has && !open)
			ev_buf_addf(pen->out, "<polyline class=\"%s\" points=\"",
			    class);
		if (has)
			ev_buf_addf(pen->out, "%.1f,%.1f ", step_at(i, n),
			    height_at(pen, value));
		if (!has && open)
			ev_buf_adds(pen->out, "\"/>\n");
		open = has;
	}
	ev_buf_adds(pen->out, open ? "\"/>\n" : "");
}

static void
draw_dots(const struct pen *pen, size_t from)
{
	size_t n = pen->grid->rows - from, i;
	double value;
	bool has;

	for (i = 0; i < n && n <= DOTS_MOST; i++) {
		value = value_of(pen, from + i, pen->measure, &has);
		if (!has)
			continue;
		ev_buf_addf(pen->out,
		    "<circle class=\"d\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"3.5\">",
		    step_at(i, n) / 10,
		    pen->top + PLOT_TOP + height_at(pen, value));
		put_hint(pen, from + i, pen->measure);
		ev_buf_adds(pen->out, "</circle>\n");
	}
}

static void
draw_columns(const struct pen *pen, size_t from)
{
	size_t n = pen->grid->rows - from, i;
	double value, height;

	for (i = 0; i < n; i++) {
		value = value_of(pen, from + i, pen->measure, NULL);
		height = PLOT_HEIGHT - height_at(pen, value);
		ev_buf_addf(pen->out,
		    "<rect class=\"b\" x=\"%.2f%%\" y=\"%.1f\" width=\"%.2f%%\""
		    " height=\"%.1f\" rx=\"2\">",
		    (double)i * 100 / (double)n + 10.0 / (double)n,
		    pen->top + PLOT_TOP + PLOT_HEIGHT - height,
		    80 / (double)n, height);
		put_hint(pen, from + i, pen->measure);
		ev_buf_adds(pen->out, "</rect>\n");
	}
}

/* The ground of a plot, the names of its lines and of its ends. */
static void
draw_axes(const struct pen *pen, size_t from)
{
	unsigned y = pen->top + PLOT_TOP, low = y + PLOT_HEIGHT;
	struct ev_buf *out = pen->out;

	ev_buf_addf(out,
	    "<line class=\"x\" x1=\"0\" x2=\"100%%\" y1=\"%u\" y2=\"%u\"/>\n"
	    "<line class=\"x\" x1=\"0\" x2=\"100%%\" y1=\"%u\" y2=\"%u\"/>\n"
	    "<text class=\"a\" x=\"0\" y=\"%u\">%.4g</text>\n",
	    y, y, low, low, y - 6, pen->greatest);
	ev_buf_addf(out, "<text class=\"v a\" x=\"100%%\" y=\"%u\">"
	    "<tspan class=\"c\">\xe2\x96\xa0</tspan> ", y - 6);
	ev_markup_cut(out,
	    ev_slice_of(pen->grid->column[pen->measure].name), LABEL);
	if (pen->other >= 0) {
		ev_buf_adds(out,
		    " \xc2\xa0 <tspan class=\"o\">\xe2\x96\xa0</tspan> ");
		ev_markup_cut(out,
		    ev_slice_of(pen->grid->column[pen->other].name), LABEL);
	}
	ev_buf_addf(out,
	    "</text>\n<text class=\"a\" x=\"0\" y=\"%u\">", low + 16);
	put_label(pen, from, LABEL);
	ev_buf_addf(out,
	    "</text>\n<text class=\"v a\" x=\"100%%\" y=\"%u\">", low + 16);
	if (pen->grid->rows - from > 1)
		put_label(pen, pen->grid->rows - 1, LABEL);
	ev_buf_adds(out, "</text>\n");
}

static void
draw_plot(const struct pen *pen)
{
	size_t rows = pen->grid->rows;
	size_t from = rows > STEPS_MOST ? rows - STEPS_MOST : 0;

	draw_axes(pen, from);
	if (pen->grid->column[pen->measure].kind == EV_GRID_COUNT) {
		draw_columns(pen, from);
		return;
	}
	ev_buf_addf(pen->out,
	    "<svg x=\"0\" y=\"%u\" width=\"100%%\" height=\"%d\" "
	    "viewBox=\"0 0 1000 %d\" preserveAspectRatio=\"none\" "
	    "overflow=\"visible\">\n",
	    pen->top + PLOT_TOP, PLOT_HEIGHT, PLOT_HEIGHT);
	draw_line(pen, from, pen->measure, "n");
	if (pen->other >= 0)
		draw_line(pen, from, pen->other, "r");
	ev_buf_adds(pen->out, "</svg>\n");
	draw_dots(pen, from);
}

/* As large as the measure, as strong as the other column (0 to 1). */
static void
draw_bubbles(const struct pen *pen)
{
	size_t row, rows = at_most(pen->grid->rows, BUBBLES_MOST);
	double x, other;
	unsigned y;
	bool has;

	for (row = 0; row < rows; row++) {
		x = ((double)(row % BUBBLE_COLUMNS) + 0.5) * 100 /
		    BUBBLE_COLUMNS;
		y = pen->top + (unsigned)(row / BUBBLE_COLUMNS) * BUBBLE_ROW;
		other = value_of(pen, row, pen->other, &has);
		ev_buf_addf(pen->out,
		    "<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%u\" r=\"%.1f\" "
		    "fill-opacity=\"%.2f\">",
		    has ? "b" : "b e", x, y + 40,
		    BUBBLE_RADIUS *
			sqrt(part_of(
			    pen, value_of(pen, row, pen->measure, NULL))),
		    has ? 0.25 + 0.75 * fmax(0, fmin(1, other)) : 0.1);
		put_hint(pen, row, pen->measure);
		ev_buf_addf(pen->out,
		    "</circle>\n<text class=\"m\" x=\"%.2f%%\" y=\"%u\">", x,
		    y + 44);
		put_value(pen, row, pen->measure);
		ev_buf_addf(pen->out,
		    "</text>\n<text class=\"m l\" x=\"%.2f%%\" y=\"%u\">", x,
		    y + 90);
		put_label(pen, row, SHORT);
		ev_buf_adds(pen->out, "</text>\n");
	}
}

static void
draw_strip(const struct pen *pen, size_t row, unsigned y)
{
	size_t i, n = pen->grid->columns - 1;
	double value;

	for (i = 0; i < n; i++) {
		value = value_of(pen, row, (int)i + 1, NULL);
		ev_buf_addf(pen->out,
		    "<rect class=\"%s\" x=\"%.2f%%\" y=\"%u\" width=\"%.2f%%\" "
		    "height=\"%d\" rx=\"2\" fill-opacity=\"%.2f\"><title>",
		    value > 0 ? "b" : "g", (double)i * 100 / (double)n, y,
		    92 / (double)n, HEAT_CELL,
		    value > 0 ? 0.2 + 0.8 * part_of(pen, value) : 1);
		ev_markup_cut(pen->out,
		    ev_slice_of(pen->grid->column[i + 1].name), WHOLE);
		ev_buf_addf(pen->out, ": %.6g</title></rect>\n", value);
	}
}

/* A strip of shades for each row, a shade for each column but the first. */
static void
draw_heat(const struct pen *pen)
{
	size_t row, rows = at_most(pen->grid->rows, BARS_MOST);
	const struct ev_grid *grid = pen->grid;
	unsigned y;

	for (row = 0; row < rows; row++) {
		y = pen->top + (unsigned)row * HEAT_ROW;
		ev_buf_addf(pen->out,
		    "<text class=\"l\" x=\"0\" y=\"%u\">", y + 12);
		put_label(pen, row, LABEL);
		ev_buf_adds(pen->out, "</text>\n");
		draw_strip(pen, row, y + 17);
	}
	y = pen->top + (unsigned)rows * HEAT_ROW + 12;
	ev_buf_addf(pen->out, "<text class=\"a\" x=\"0\" y=\"%u\">", y);
	ev_markup_cut(pen->out, ev_slice_of(grid->column[1].name), LABEL);
	ev_buf_addf(
	    pen->out, "</text>\n<text class=\"v a\" x=\"100%%\" y=\"%u\">", y);
	ev_markup_cut(pen->out,
	    ev_slice_of(grid->column[grid->columns - 1].name), LABEL);
	ev_buf_adds(pen->out, "</text>\n");
}

static double
greatest(const struct pen *pen, enum ev_grid_chart chart)
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
	size_t rows = at_most(grid->rows, BARS_MOST);

	switch (ev_grid_chart_of(grid)) {
	case EV_GRID_BARS:
		return (unsigned)rows * BAR_ROW;
	case EV_GRID_LINE:
		return PLOT_TOP + PLOT_HEIGHT + PLOT_BOTTOM;
	case EV_GRID_BUBBLES:
		rows = at_most(grid->rows, BUBBLES_MOST);
		return (unsigned)((rows + BUBBLE_COLUMNS - 1) /
			   BUBBLE_COLUMNS) *
		    BUBBLE_ROW;
	case EV_GRID_HEAT:
		return grid->columns < 2 ? 0 :
					   (unsigned)rows * HEAT_ROW + 20;
	default:
		return 0;
	}
}

void
ev_chart_draw(const struct ev_grid *grid, unsigned top, struct ev_buf *out)
{
	static void (*const draw[])(const struct pen *pen) = {
		[EV_GRID_BARS] = draw_bars,
		[EV_GRID_LINE] = draw_plot,
		[EV_GRID_BUBBLES] = draw_bubbles,
		[EV_GRID_HEAT] = draw_heat,
	};
	enum ev_grid_chart chart = ev_grid_chart_of(grid);
	struct pen pen = { grid, out, top, ev_grid_measure_of(grid),
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
