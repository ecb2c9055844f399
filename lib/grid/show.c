#include "grid/show.h"

#include <math.h>
#include <stdint.h>

#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/time.h"

#define DIGITS 4	 /* of a number with a fraction */
#define PLAIN_BELOW 1e15 /* numbers that doubles have to a tenth */

static void
show_duration(double seconds, struct ev_buf *out)
{
	static const struct {
		unsigned long seconds;
		const char *name;
	} units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "m" }, { 1, "s" } };
	unsigned long left, n;
	size_t i, shown = 0;

	if (!(seconds >= 1 && seconds < 1e12)) {
		ev_buf_addf(out, "%.3gs", seconds);
		return;
	}
	left = (unsigned long)seconds;
	/* two units say enough */
	for (i = 0; i < sizeof(units) / sizeof(units[0]) && shown < 2; i++) {
		n = left / units[i].seconds;
		left %= units[i].seconds;
		if (n == 0 && shown == 0)
			continue;
		if (n > 0)
			ev_buf_addf(out, "%s%lu%s", shown > 0 ? " " : "", n,
			    units[i].name);
		shown++;
	}
}

static void
show_number(struct ev_slice text, double number, struct ev_buf *out)
{
	const char *dot = memchr(text.p, '.', text.n);

	if (dot == NULL || text.n <= DIGITS + 2)
		ev_buf_addslice(out, text);
	else if (fabs(number) >= 1e3 && fabs(number) < PLAIN_BELOW)
		ev_buf_addf(out, "%.1f", number);
	else
		ev_buf_addf(out, "%.*g", DIGITS, number);
}

/* A list of texts, as sessions have one of types. */
static bool
show_list(struct ev_slice text, struct ev_buf *out)
{
	struct ev_val list = {
		.p = text.p, .n = (uint32_t)text.n, .kind = EV_ARRAY
	};
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_walk walk;
	struct ev_val val;
	size_t n = 0;

	if (text.p[0] != '[')
		return false;
	ev_walk_begin(&walk, &list);
	while (ev_walk_next(&walk, NULL, &val)) {
		ev_buf_adds(out, n++ > 0 ? ", " : "");
		ev_buf_addslice(out, ev_val_text(&val, &scratch));
	}
	ev_buf_clear(&scratch);
	return true;
}

void
ev_grid_show(
    const struct ev_grid *grid, size_t row, size_t column, struct ev_buf *out)
{
	enum ev_grid_kind kind = grid->column[column].kind;
	struct ev_slice cell = ev_grid_cell(grid, row, column);
	size_t from = out->n;
	double number;

	if (ev_grid_value(grid, row, column, &number)) {
		if (kind == EV_GRID_RATIO)
			ev_buf_addf(out, "%.1f%%", number * 100);
		else if (kind == EV_GRID_DURATION)
			show_duration(number, out);
		else
			show_number(cell, number, out);
	} else if (kind != EV_GRID_JSON || !show_list(cell, out))
		ev_grid_plain(grid, row, column, out);
	if (out->n == from)
		ev_buf_addc(out, '-');
}

bool
ev_grid_is_number(const struct ev_grid *grid, size_t column)
{
	switch (grid->column[column].kind) {
	case EV_GRID_COUNT:
	case EV_GRID_NUMBER:
	case EV_GRID_RATIO:
	case EV_GRID_DURATION:
		return true;
	default:
		return false;
	}
}

int
ev_grid_measure_of(const struct ev_grid *grid)
{
	size_t i;

	if (grid->chart == EV_GRID_NONE)
		return -1;
	if (grid->chart != EV_GRID_AUTO && grid->measure >= 0)
		return grid->measure;
	for (i = 0; i < grid->columns; i++)
		if (!grid->column[i].group && ev_grid_is_number(grid, i))
			return (int)i;
	return -1;
}

enum ev_grid_chart
ev_grid_chart_of(const struct ev_grid *grid)
{
	if (grid->rows == 0 || ev_grid_measure_of(grid) < 0)
		return EV_GRID_NONE;
	if (grid->chart != EV_GRID_AUTO)
		return grid->chart;
	return grid->columns == 2 && grid->column[0].group &&
		grid->column[0].kind == EV_GRID_TIME ?
	    EV_GRID_LINE :
	    EV_GRID_BARS;
}

double
ev_grid_greatest(const struct ev_grid *grid, size_t column)
{
	double number, most = 0;
	size_t row;

	for (row = 0; row < grid->rows; row++)
		if (ev_grid_value(grid, row, column, &number) && number > most)
			most = number;
	return isfinite(most) ? most : 0;
}

void
ev_grid_label(const struct ev_grid *grid, size_t row, struct ev_buf *out)
{
	size_t i, n = 0;

	for (i = 0; i < grid->columns; i++) {
		if (!grid->column[i].group)
			continue;
		ev_buf_adds(out, n++ > 0 ? " " : "");
		ev_grid_show(grid, row, i, out);
	}
}

static void
put_bound(const char *word, struct timespec time, struct ev_buf *out)
{
	char text[EV_TIME_SIZE];

	ev_time_format_s(time, text);
	ev_buf_addf(out, " %s %s", word, text);
}

void
ev_grid_none(const struct ev_grid *grid, bool named, struct ev_buf *out)
{
	ev_buf_adds(out, "no events");
	if (named)
		ev_buf_addf(out, " for the report %s", grid->report);
	if (grid->has_since)
		put_bound("from", grid->since, out);
	if (grid->has_until)
		put_bound("until", grid->until, out);
}
