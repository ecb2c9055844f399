/*
 * The format prom: metrics for node_exporter's textfile collector
 * (Prometheus' text format 0.0.4).
 *
 * A column of numbers or times is a metric, ev_REPORT_COLUMN; the columns that
 * name a row are its labels, and so are other texts, of a metric that is 1.  Of
 * a column of anything, as the greatest value of a field, the numbers count,
 * the texts where there are none.
 */
#include <ctype.h>
#include <inttypes.h>
#include <math.h>

#include "base/map.h"
#include "base/utf8.h"
#include "grid/print.h"
#include "grid/show.h"
#include "json/double.h"
#include "out/escape.h"
#include "text/time.h"

/* Letters, digits and underscores; the prefix sees to the first one. */
static void
put_name(struct ev_buf *out, struct ev_slice name)
{
	size_t i;

	for (i = 0; i < name.n; i++)
		ev_buf_addc(out,
		    isalnum((unsigned char)name.p[i]) &&
			    (unsigned char)name.p[i] < 0x80 ?
			name.p[i] :
			'_');
}

/* The name of a column, told apart from those before it that are spelled alike
 * here: a.b and a_b. */
static void
put_column(const struct ev_grid *grid, size_t column, struct ev_buf *out)
{
	const struct ev_grid_column *c = grid->column;
	struct ev_buf name = EV_BUF_INIT, other = EV_BUF_INIT;
	size_t i, alike = 1;

	put_name(&name, ev_slice_of(c[column].name));
	for (i = 0; i < column; i++) {
		ev_buf_reset(&other);
		put_name(&other, ev_slice_of(c[i].name));
		alike += c[i].group == c[column].group &&
		    ev_slice_eq(ev_buf_slice(&name), ev_buf_slice(&other));
	}
	ev_buf_addslice(out, ev_buf_slice(&name));
	if (alike > 1)
		ev_buf_addf(out, "_%zu", alike);
	ev_buf_clear(&name);
	ev_buf_clear(&other);
}

/* A label's name: no digit first, no "__" first, no reserved one. */
static void
put_label_name(const struct ev_grid *grid, size_t column, struct ev_buf *out)
{
	if (!isalpha((unsigned char)grid->column[column].name[0]))
		ev_buf_adds(out, "label_");
	put_column(grid, column, out);
}

static void
put_label_value(struct ev_buf *out, struct ev_slice text)
{
	const char *p = text.p, *end = p + text.n;
	uint32_t cp;
	int len;

	ev_buf_addc(out, '"');
	for (; p<end; p += len> 0 ? len : 1) {
		len = ev_utf8_next(p, end, &cp);
		if (len == 0 || cp == 0)
			ev_buf_adds(out, "\xef\xbf\xbd");
		else if (*p == '\n')
			ev_buf_adds(out, "\\n");
		else if (*p == '\\' || *p == '"')
			ev_buf_addf(out, "\\%c", *p);
		else
			ev_buf_add(out, p, (size_t)len);
	}
	ev_buf_addc(out, '"');
}

/* A label of a cell; nothing of a null, which is the same there. */
static void
put_label(
    const struct ev_grid *grid, size_t row, size_t column, struct ev_buf *out)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_grid_plain(grid, row, column, &text);
	if (text.n > 0) {
		ev_buf_addc(out, out->n > 0 ? ',' : '{');
		put_label_name(grid, column, out);
		ev_buf_addc(out, '=');
		put_label_value(out, ev_buf_slice(&text));
	}
	ev_buf_clear(&text);
}

/*
 * The labels of a sample.  A file with one sample twice is refused whole, so
 * the second of two rows with equal labels (null and "") gets its number.
 */
static void
put_labels(const struct ev_grid *grid, size_t row, int text,
    struct ev_map *seen, struct ev_buf *out)
{
	struct ev_buf labels = EV_BUF_INIT;
	uint64_t *count;
	size_t i;

	for (i = 0; i < grid->columns; i++)
		if (grid->column[i].group || (int)i == text)
			put_label(grid, row, i, &labels);
	count = ev_map_at(seen, labels.n > 0 ? labels.p : "", labels.n, NULL);
	if ((*count)++ > 0)
		ev_buf_addf(&labels, "%srow=\"%zu\"", labels.n > 0 ? "," : "{",
		    row + 1);
	ev_buf_addslice(out, ev_buf_slice(&labels));
	ev_buf_adds(out, labels.n > 0 ? "}" : "");
	ev_buf_clear(&labels);
}

/* What a column is here; EV_GRID_JSON: nothing that could be a metric. */
static enum ev_grid_kind
kind_of(const struct ev_grid *grid, size_t column)
{
	enum ev_grid_kind kind = grid->column[column].kind;
	double number;
	size_t row;

	if (kind != EV_GRID_JSON)
		return kind;
	for (row = 0; row < grid->rows; row++) {
		if (ev_grid_value(grid, row, column, &number))
			return EV_GRID_NUMBER;
		if (ev_grid_cell(grid, row, column).p[0] == '"')
			kind = EV_GRID_TEXT;
	}
	return kind;
}

/* The value of a sample: false: there is none. */
static bool
put_value(const struct ev_grid *grid, size_t row, size_t column,
    enum ev_grid_kind kind, struct ev_buf *out)
{
	struct ev_buf text = EV_BUF_INIT;
	struct timespec time;
	double number;
	bool has;

	if (kind != EV_GRID_TIME && kind != EV_GRID_TEXT) {
		/* a number that no double holds makes the file invalid */
		if (!ev_grid_value(grid, row, column, &number) ||
		    !isfinite(number))
			return false;
		ev_buf_addslice(out, ev_grid_cell(grid, row, column));
		return true;
	}
	if (kind == EV_GRID_TEXT) {
		has = ev_grid_cell(grid, row, column).p[0] == '"';
		ev_buf_adds(out, has ? "1" : "");
		return has;
	}
	ev_grid_plain(grid, row, column, &text);
	has = ev_time_rfc3339(ev_buf_slice(&text), &time);
	if (has)
		ev_double_print(
		    out, (double)time.tv_sec + (double)time.tv_nsec / 1e9);
	ev_buf_clear(&text);
	return has;
}

static void
put_metric_name(const struct ev_grid *grid, size_t column, struct ev_buf *out)
{
	ev_buf_adds(out, "ev_");
	put_name(out, ev_slice_of(grid->report));
	ev_buf_addc(out, '_');
	put_column(grid, column, out);
	if (grid->column[column].kind == EV_GRID_TIME)
		ev_buf_adds(out, "_timestamp_seconds");
	else if (grid->column[column].kind == EV_GRID_DURATION)
		ev_buf_adds(out, "_seconds");
}

static const char *
meaning(enum ev_grid_kind kind)
{
	switch (kind) {
	case EV_GRID_TIME:
		return ", seconds since 1970";
	case EV_GRID_DURATION:
		return ", seconds";
	case EV_GRID_RATIO:
		return ", as a part of 1";
	default:
		return "";
	}
}

static void
put_help(struct ev_buf *out, struct ev_slice name, const char *text,
    const char *more)
{
	const char *p;

	ev_buf_adds(out, "# HELP ");
	ev_buf_addslice(out, name);
	ev_buf_addc(out, ' ');
	for (p = text; *p != '\0'; p++)
		if (*p == '\\' || *p == '\n')
			ev_buf_adds(out, *p == '\n' ? "\\n" : "\\\\");
		else
			ev_buf_addc(out, *p);
	ev_buf_addf(out, "%s\n# TYPE ", more);
	ev_buf_addslice(out, name);
	ev_buf_adds(out, " gauge\n");
}

static void
put_metric(const struct ev_grid *grid, size_t column, enum ev_grid_kind kind,
    struct ev_buf *out)
{
	int text = kind == EV_GRID_TEXT ? (int)column : -1;
	struct ev_buf name = EV_BUF_INIT, value = EV_BUF_INIT;
	struct ev_map *seen = ev_map_new();
	size_t row;

	put_metric_name(grid, column, &name);
	put_help(
	    out, ev_buf_slice(&name), grid->column[column].name, meaning(kind));
	for (row = 0; row < grid->rows; row++) {
		ev_buf_reset(&value);
		if (!put_value(grid, row, column, kind, &value))
			continue;
		ev_buf_addslice(out, ev_buf_slice(&name));
		put_labels(grid, row, text, seen, out);
		ev_buf_addc(out, ' ');
		ev_buf_addslice(out, ev_buf_slice(&value));
		ev_buf_addc(out, '\n');
	}
	ev_map_free(seen);
	ev_buf_clear(&name);
	ev_buf_clear(&value);
}

static void
put_grid(const struct ev_grid *grid, struct ev_buf *out)
{
	enum ev_grid_kind kind;
	size_t i;

	for (i = 0; i < grid->columns; i++) {
		kind = kind_of(grid, i);
		if (!grid->column[i].group && kind != EV_GRID_JSON)
			put_metric(grid, i, kind, out);
	}
}

void
ev_grid_prom(const struct ev_grid *grid, const struct ev_grid_look *look,
    struct ev_buf *out)
{
	struct ev_buf name = EV_BUF_INIT;
	size_t i, from = out->n;

	if (grid->panels == 0)
		put_grid(grid, out);
	for (i = 0; i < grid->panels; i++)
		put_grid(&grid->panel[i], out);
	ev_buf_adds(&name, "ev_");
	put_name(&name, ev_slice_of(grid->report));
	ev_buf_adds(&name, "_damaged_lines");
	put_help(out, ev_buf_slice(&name), "lines that were no event", "");
	ev_buf_addf(out, "%s %" PRIu64 "\n", ev_buf_str(&name), grid->damaged);
	if (look->terminal)
		ev_escape_lines(out, from);
	ev_buf_clear(&name);
}
