/* What is over time: columns of counts, lines of other measures. */
#include "grid/pen.h"
#include "out/markup.h"

#define HEIGHT 150 /* pixels of the lines themselves */
#define TOP 22
#define STEPS_MOST 800 /* of time that are drawn, the last ones */
#define DOTS_MOST 80   /* steps that get a dot each */

/* Where a step of n stands, in parts of 1000 of the width. */
static double
step_at(size_t i, size_t n)
{
	return ((double)i + 0.5) * 1000 / (double)n;
}

static double
height_at(const struct ev_pen *pen, double value)
{
	return HEIGHT * (1 - ev_pen_part(pen, value));
}

/* A line through the values of a column, broken where there is none. */
static void
draw_line(const struct ev_pen *pen, size_t from, int column, const char *class)
{
	size_t n = pen->grid->rows - from, i;
	bool has, open = false;
	double value;

	for (i = 0; i < n; i++) {
		value = ev_pen_value(pen, from + i, column, &has);
		if (has && !open)
			ev_buf_addf(pen->out,
			    "<polyline class=\"%s\" points=\"", class);
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
draw_dots(const struct ev_pen *pen, size_t from)
{
	size_t n = pen->grid->rows - from, i;
	double value;
	bool has;

	for (i = 0; i < n && n <= DOTS_MOST; i++) {
		value = ev_pen_value(pen, from + i, pen->measure, &has);
		if (!has)
			continue;
		ev_buf_addf(pen->out,
		    "<circle class=\"d\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"3.5\">",
		    step_at(i, n) / 10, pen->top + TOP + height_at(pen, value));
		ev_pen_hint(pen, from + i, pen->measure);
		ev_buf_adds(pen->out, "</circle>\n");
	}
}

static void
draw_columns(const struct ev_pen *pen, size_t from)
{
	size_t n = pen->grid->rows - from, i;
	double value, height;

	for (i = 0; i < n; i++) {
		value = ev_pen_value(pen, from + i, pen->measure, NULL);
		height = HEIGHT - height_at(pen, value);
		ev_buf_addf(pen->out,
		    "<rect class=\"b\" x=\"%.2f%%\" y=\"%.1f\" width=\"%.2f%%\""
		    " height=\"%.1f\" rx=\"2\">",
		    (double)i * 100 / (double)n + 10.0 / (double)n,
		    pen->top + TOP + HEIGHT - height, 80 / (double)n, height);
		ev_pen_hint(pen, from + i, pen->measure);
		ev_buf_adds(pen->out, "</rect>\n");
	}
}

/* The ground of a plot, the names of its lines and of its ends. */
static void
draw_axes(const struct ev_pen *pen, size_t from)
{
	unsigned y = pen->top + TOP, low = y + HEIGHT;
	struct ev_buf *out = pen->out;

	ev_buf_addf(out,
	    "<line class=\"x\" x1=\"0\" x2=\"100%%\" y1=\"%u\" y2=\"%u\"/>\n"
	    "<line class=\"x\" x1=\"0\" x2=\"100%%\" y1=\"%u\" y2=\"%u\"/>\n"
	    "<text class=\"a\" x=\"0\" y=\"%u\">%.4g</text>\n",
	    y, y, low, low, y - 6, pen->greatest);
	ev_buf_addf(out,
	    "<text class=\"v a\" x=\"100%%\" y=\"%u\">"
	    "<tspan class=\"c\">\xe2\x96\xa0</tspan> ",
	    y - 6);
	ev_markup_cut(out, ev_slice_of(pen->grid->column[pen->measure].name),
	    EV_PEN_LABEL);
	if (pen->other >= 0) {
		ev_buf_adds(
		    out, " \xc2\xa0 <tspan class=\"o\">\xe2\x96\xa0</tspan> ");
		ev_markup_cut(out,
		    ev_slice_of(pen->grid->column[pen->other].name),
		    EV_PEN_LABEL);
	}
	ev_buf_addf(
	    out, "</text>\n<text class=\"a\" x=\"0\" y=\"%u\">", low + 16);
	ev_pen_label(pen, from, EV_PEN_LABEL);
	ev_buf_addf(out, "</text>\n<text class=\"v a\" x=\"100%%\" y=\"%u\">",
	    low + 16);
	if (pen->grid->rows - from > 1)
		ev_pen_label(pen, pen->grid->rows - 1, EV_PEN_LABEL);
	ev_buf_adds(out, "</text>\n");
}

void
ev_plot_draw(const struct ev_pen *pen)
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
	    pen->top + TOP, HEIGHT, HEIGHT);
	draw_line(pen, from, pen->measure, "n");
	if (pen->other >= 0)
		draw_line(pen, from, pen->other, "r");
	ev_buf_adds(pen->out, "</svg>\n");
	draw_dots(pen, from);
}
