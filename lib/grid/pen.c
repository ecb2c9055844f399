#include "grid/pen.h"

#include <math.h>

#include "grid/show.h"
#include "out/markup.h"

#define WHOLE 160 /* terminal columns of what a pointer shows */

double
ev_pen_value(const struct ev_pen *pen, size_t row, int column, bool *has)
{
	double value = 0;
	bool is = column >= 0 &&
	    ev_grid_value(pen->grid, row, (size_t)column, &value) &&
	    isfinite(value);

	if (has != NULL)
		*has = is;
	return is ? value : 0;
}

double
ev_pen_part(const struct ev_pen *pen, double value)
{
	return pen->greatest > 0 && value > 0 ? fmin(value / pen->greatest, 1) :
						0;
}

void
ev_pen_label(const struct ev_pen *pen, size_t row, size_t cells)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_grid_label(pen->grid, row, &text);
	ev_markup_cut(pen->out, ev_buf_slice(&text), cells);
	ev_buf_clear(&text);
}

void
ev_pen_shown(const struct ev_pen *pen, size_t row, int column)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_grid_show(pen->grid, row, (size_t)column, &text);
	ev_markup_cut(pen->out, ev_buf_slice(&text), EV_PEN_LABEL);
	ev_buf_clear(&text);
}

void
ev_pen_hint(const struct ev_pen *pen, size_t row, int column)
{
	ev_buf_adds(pen->out, "<title>");
	ev_pen_label(pen, row, WHOLE);
	ev_buf_adds(pen->out, ": ");
	ev_pen_shown(pen, row, column);
	ev_buf_adds(pen->out, "</title>");
}
