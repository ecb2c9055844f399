/* The format html: one page that needs no network and no script. */
#include <inttypes.h>

#include "grid/chart.h"
#include "grid/print.h"
#include "grid/show.h"
#include "grid/style.h"
#include "out/markup.h"
#include "text/time.h"

#define CELL 120 /* terminal columns of a cell */
#define OPEN 15	 /* rows of a table that is not folded away below a chart */

static void
put_figure(const struct ev_grid *grid, struct ev_buf *out)
{
	unsigned height = ev_chart_height(grid);

	if (height == 0)
		return;
	ev_buf_addf(out,
	    "<figure><svg xmlns=\"http://www.w3.org/2000/svg\" "
	    "width=\"100%%\" height=\"%u\" role=\"img\" aria-label=\"",
	    height);
	ev_chart_title(grid, out);
	ev_buf_adds(out, "\">\n");
	ev_chart_draw(grid, 0, out);
	ev_buf_adds(out, "</svg></figure>\n");
}

static const char *
class_of(const struct ev_grid *grid, size_t column)
{
	if (ev_grid_is_number(grid, column))
		return " class=\"num\"";
	return grid->column[column].kind == EV_GRID_TIME ? " class=\"time\"" :
							   "";
}

static void
put_row(const struct ev_grid *grid, size_t row, struct ev_buf *out)
{
	struct ev_buf text = EV_BUF_INIT;
	const char *name;
	size_t i;

	ev_buf_adds(out, "<tr>");
	for (i = 0; i < grid->columns; i++) {
		name = i == 0 ? "th" : "td";
		ev_buf_addf(out, "<%s%s%s dir=\"auto\">", name,
		    i == 0 ? " scope=\"row\"" : "", class_of(grid, i));
		ev_buf_reset(&text);
		ev_grid_show(grid, row, i, &text);
		ev_markup_cut(out, ev_buf_slice(&text), CELL);
		ev_buf_addf(out, "</%s>", name);
	}
	ev_buf_adds(out, "</tr>\n");
	ev_buf_clear(&text);
}

static void
put_table(const struct ev_grid *grid, struct ev_buf *out)
{
	size_t i, row;

	ev_buf_adds(out,
	    "<div class=\"table\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"");
	ev_markup(out, ev_slice_of(grid->report));
	ev_buf_adds(out, "\"><table><caption>");
	ev_markup(out, ev_slice_of(grid->report));
	ev_buf_adds(out, "</caption>\n<thead><tr>");
	for (i = 0; i < grid->columns; i++) {
		ev_buf_addf(out, "<th scope=\"col\"%s>", class_of(grid, i));
		ev_markup_cut(out, ev_slice_of(grid->column[i].name), CELL);
		ev_buf_adds(out, "</th>");
	}
	ev_buf_adds(out, "</tr></thead>\n<tbody>\n");
	for (row = 0; row < grid->rows; row++)
		put_row(grid, row, out);
	ev_buf_adds(out, "</tbody></table></div>\n");
}

/* A long table below a chart, and any below one of several, is folded away; a
 * page needs no script for it. */
static void
put_rows(const struct ev_grid *grid, bool several, struct ev_buf *out)
{
	bool fold = ev_chart_height(grid) > 0 && (several || grid->rows > OPEN);

	if (grid->rows == 0) {
		ev_buf_adds(out, "<p class=\"none\">");
		ev_grid_none(grid, false, out);
		ev_buf_adds(out, "</p>\n");
		return;
	}
	if (fold)
		ev_buf_addf(
		    out, "<details><summary>%zu rows</summary>\n", grid->rows);
	put_table(grid, out);
	ev_buf_adds(out, fold ? "</details>\n" : "");
}

static void
put_section(const struct ev_grid *grid, bool several, struct ev_buf *out)
{
	/* events have much to say */
	ev_buf_adds(out,
	    ev_grid_chart_of(grid) == EV_GRID_NONE ?
		"<section class=\"wide\">" :
		"<section>");
	if (several) {
		ev_buf_adds(out, "<h2>");
		ev_markup(out, ev_slice_of(grid->report));
		ev_buf_adds(out, "</h2>\n");
	}
	put_figure(grid, out);
	if (grid->aside != NULL && ev_chart_height(grid->aside) > 0) {
		ev_buf_adds(out, "<h3>");
		ev_markup(out, ev_slice_of(grid->aside->report));
		ev_buf_adds(out, "</h3>\n");
		put_figure(grid->aside, out);
	}
	put_rows(grid, several, out);
	if (grid->notes.n > 0) {
		ev_buf_adds(out, "<p class=\"note\">");
		ev_markup(
		    out, (struct ev_slice){ grid->notes.p, grid->notes.n - 1 });
		ev_buf_adds(out, "</p>\n");
	}
	ev_buf_adds(out, "</section>\n");
}

static void
put_time(const char *word, bool has, struct timespec time, struct ev_buf *out)
{
	char text[EV_TIME_SIZE];

	if (!has)
		return;
	ev_time_format_s(time, text);
	ev_buf_addf(
	    out, "%s <time datetime=\"%s\">%s</time> ", word, text, text);
}

static void
put_head(const struct ev_grid *grid, struct ev_buf *out)
{
	ev_buf_adds(out,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
	    "content=\"width=device-width,initial-scale=1\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" "
	    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<title>");
	ev_markup(out, ev_slice_of(grid->report));
	ev_buf_addf(out, "</title>\n<style>\n%s%s%s</style>\n</head>\n<body>\n",
	    ev_style_colors, ev_style_chart, ev_style_page);
	ev_buf_adds(out, "<header><h1>");
	ev_markup(out, ev_slice_of(grid->report));
	ev_buf_adds(out, "</h1>\n<p>");
	put_time("from", grid->has_since, grid->since, out);
	put_time("until", grid->has_until, grid->until, out);
	ev_buf_adds(out, "</p></header>\n");
}

void
ev_grid_html(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	size_t i;

	(void)look;
	put_head(grid, out);
	ev_buf_adds(
	    out, grid->panels > 1 ? "<main class=\"several\">\n" : "<main>\n");
	if (grid->panels == 0)
		put_section(grid, false, out);
	for (i = 0; i < grid->panels; i++)
		put_section(&grid->panel[i], true, out);
	ev_buf_addf(out,
	    "</main>\n<footer>damaged lines: %" PRIu64 "</footer>\n"
	    "</body>\n</html>\n",
	    grid->damaged);
}
