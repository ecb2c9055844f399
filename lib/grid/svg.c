/* The format svg: all charts of a grid in one picture. */
#include "grid/chart.h"
#include "grid/print.h"
#include "grid/style.h"
#include "out/markup.h"

#define WIDTH 800
#define NARROW 200 /* less are the columns of a terminal */
#define MARGIN 24
#define HEADING 34 /* pixels above a chart */

/* The charts of a grid, one below the other; out NULL: only their height. */
static unsigned
put_charts(const struct ev_grid *grid, unsigned y, struct ev_buf *out)
{
	unsigned height = ev_chart_height(grid);
	size_t i;

	if (height > 0 && out != NULL) {
		ev_buf_addf(out, "<text class=\"h\" x=\"0\" y=\"%u\">", y + 18);
		ev_chart_title(grid, out);
		ev_buf_adds(out, "</text>\n");
		ev_chart_draw(grid, y + HEADING, out);
	}
	if (height > 0)
		y += height + HEADING + MARGIN;
	if (grid->aside != NULL)
		y = put_charts(grid->aside, y, out);
	for (i = 0; i < grid->panels; i++)
		y = put_charts(&grid->panel[i], y, out);
	return y;
}

void
ev_grid_svg(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	unsigned width = look->width >= NARROW && look->width < 10000 ?
	    (unsigned)look->width :
	    WIDTH;
	unsigned height = put_charts(grid, MARGIN, NULL);

	ev_buf_addf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" "
	    "height=\"%u\" role=\"img\">\n<title>",
	    width, height > MARGIN ? height : 3 * MARGIN);
	ev_markup(out, ev_slice_of(grid->report));
	ev_buf_addf(out,
	    "</title>\n<style>\n%s%s"
	    "svg .h{font-size:15px;font-weight:600}\n"
	    "svg .k{fill:var(--card)}\n</style>\n"
	    "<rect class=\"k\" width=\"100%%\" height=\"100%%\"/>\n"
	    "<svg x=\"%d\" y=\"0\" width=\"%u\" height=\"100%%\">\n",
	    ev_style_colors, ev_style_chart, MARGIN, width - 2 * MARGIN);
	put_charts(grid, MARGIN, out);
	if (height == MARGIN)
		ev_buf_addf(out, "<text x=\"0\" y=\"%d\">%s</text>\n",
		    2 * MARGIN,
		    grid->rows > 0 ? "this table has no chart" : "no events");
	ev_buf_adds(out, "</svg>\n</svg>\n");
}
