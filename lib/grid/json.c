/* The formats json and jsonl (4-views 4.3). */
#include <inttypes.h>

#include "grid/print.h"
#include "json/quote.h"
#include "out/escape.h"
#include "text/time.h"

static void
put_row(const struct ev_grid *grid, size_t row, struct ev_buf *out)
{
	size_t i;

	ev_buf_addc(out, '{');
	for (i = 0; i < grid->columns; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_quote(out, ev_slice_of(grid->column[i].name));
		ev_buf_addc(out, ':');
		ev_buf_addslice(out, ev_grid_cell(grid, row, i));
	}
	ev_buf_addc(out, '}');
}

static void
put_rows(const struct ev_grid *grid, struct ev_buf *out)
{
	size_t i;

	ev_buf_addc(out, '[');
	for (i = 0; i < grid->rows; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		put_row(grid, i, out);
	}
	ev_buf_addc(out, ']');
}

static void
put_panel(const struct ev_grid *panel, struct ev_buf *out)
{
	ev_buf_adds(out, "{\"panel\":");
	ev_quote(out, ev_slice_of(panel->report));
	ev_buf_adds(out, ",\"rows\":");
	put_rows(panel, out);
	ev_buf_addc(out, '}');
}

static void
put_time(const char *key, bool has, struct timespec time, struct ev_buf *out)
{
	char text[EV_TIME_SIZE];

	ev_buf_addf(out, ",\"%s\":", key);
	if (!has) {
		ev_buf_adds(out, "null");
		return;
	}
	ev_time_format(time, text);
	ev_buf_addf(out, "\"%s\"", text);
}

void
ev_grid_json(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	size_t i, from = out->n;

	ev_buf_adds(out, "{\"report\":");
	ev_quote(out, ev_slice_of(grid->report));
	put_time("since", grid->has_since, grid->since, out);
	put_time("until", grid->has_until, grid->until, out);
	ev_buf_adds(out, ",\"rows\":");
	if (grid->panels == 0)
		put_rows(grid, out);
	for (i = 0; i < grid->panels; i++) {
		ev_buf_addc(out, i == 0 ? '[' : ',');
		put_panel(&grid->panel[i], out);
	}
	if (grid->panels > 0)
		ev_buf_addc(out, ']');
	ev_buf_addf(out, ",\"damaged\":%" PRIu64 "}\n", grid->damaged);
	if (look->terminal)
		ev_escape_lines(out, from);
}

void
ev_grid_jsonl(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	size_t i, from = out->n;

	for (i = 0; i < grid->rows; i++) {
		put_row(grid, i, out);
		ev_buf_addc(out, '\n');
	}
	for (i = 0; i < grid->panels; i++) {
		put_panel(&grid->panel[i], out);
		ev_buf_addc(out, '\n');
	}
	if (look->terminal)
		ev_escape_lines(out, from);
}
