/* Bubbles: few things, how large and how strong they are. */
#include <math.h>

#include "grid/pen.h"

#define MOST 24 /* rows that are drawn */
#define ROW 108 /* pixels of a line of bubbles */
#define RADIUS 34
#define COLUMNS 4
#define SHORT 10 /* terminal columns of a label */

static size_t
shown(const struct ev_grid *grid)
{
	return grid->rows < MOST ? grid->rows : MOST;
}

unsigned
ev_bubbles_height(const struct ev_grid *grid)
{
	return (unsigned)((shown(grid) + COLUMNS - 1) / COLUMNS) * ROW;
}

/* As large as the measure, as strong as the other column (0 to 1). */
void
ev_bubbles_draw(const struct ev_pen *pen)
{
	size_t row, rows = shown(pen->grid);
	double x, other;
	unsigned y;
	bool has;

	for (row = 0; row < rows; row++) {
		x = ((double)(row % COLUMNS) + 0.5) * 100 / COLUMNS;
		y = pen->top + (unsigned)(row / COLUMNS) * ROW;
		other = ev_pen_value(pen, row, pen->other, &has);
		ev_buf_addf(pen->out,
		    "<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%u\" r=\"%.1f\" "
		    "fill-opacity=\"%.2f\">",
		    has ? "b" : "b e", x, y + 40,
		    RADIUS *
			sqrt(ev_pen_part(
			    pen, ev_pen_value(pen, row, pen->measure, NULL))),
		    has ? 0.25 + 0.75 * fmax(0, fmin(1, other)) : 0.1);
		ev_pen_hint(pen, row, pen->measure);
		ev_buf_addf(pen->out,
		    "</circle>\n<text class=\"m\" x=\"%.2f%%\" y=\"%u\">", x,
		    y + 44);
		ev_pen_shown(pen, row, pen->measure);
		ev_buf_addf(pen->out,
		    "</text>\n<text class=\"m l\" x=\"%.2f%%\" y=\"%u\">", x,
		    y + 90);
		ev_pen_label(pen, row, SHORT);
		ev_buf_adds(pen->out, "</text>\n");
	}
}
