/*
 * Cells of a report in each format; the input's lines are texts and, where they
 * are JSON, values.
 */
#include "fuzz.h"

#include "grid/print.h"
#include "padded.h"
#include "safe.h"

#define COLUMNS 3

/* Reads one cell of CSV at p (RFC 4180); gives what is behind it. */
static const char *
csv_cell(const char *p, const char *end, struct ev_buf *out)
{
	if (p == end || *p != '"') {
		for (; p < end && *p != ',' && *p != '\n'; p++)
			ev_buf_addc(out, *p);
		return p;
	}
	for (p++; p < end; p++) {
		if (*p == '"' && (++p == end || *p != '"'))
			break;
		ev_buf_addc(out, *p);
	}
	return p;
}

static void
same_cell(const struct ev_grid *grid, size_t row, size_t column,
    const struct ev_buf *got)
{
	struct ev_slice text = ev_buf_slice(got);
	struct ev_buf want = EV_BUF_INIT;

	ev_grid_plain(grid, row, column, &want);
	if (want.n > 0 && text.n > 0 && text.p[0] == '\'' &&
	    strchr("=+-@\t\r", want.p[0]) != NULL)
		text = (struct ev_slice){ text.p + 1, text.n - 1 };
	/* of others something was replaced */
	if (want.n == 0 ||
	    (memchr(want.p, '\0', want.n) == NULL &&
		!memmem(want.p, want.n, "\xed", 1)))
		HOLDS(ev_slice_eq(text, ev_buf_slice(&want)));
	ev_buf_clear(&want);
}

static void
check_csv(const struct ev_grid *grid, const struct ev_buf *out)
{
	const char *p = out->p, *end = p + out->n;
	struct ev_buf cell = EV_BUF_INIT;
	size_t row, i;

	for (row = 0; row <= grid->rows; row++)
		for (i = 0; i < COLUMNS; i++) {
			ev_buf_reset(&cell);
			p = csv_cell(p, end, &cell);
			HOLDS(
			    p < end && *p++ == (i + 1 < COLUMNS ? ',' : '\n'));
			if (row > 0)
				same_cell(grid, row - 1, i, &cell);
		}
	HOLDS(p == end);
	ev_buf_clear(&cell);
}

static size_t
count(const struct ev_buf *out, char c)
{
	size_t n = 0, i;

	for (i = 0; i < out->n; i++)
		n += out->p[i] == c;
	return n;
}

static void
check_tsv(const struct ev_grid *grid, const struct ev_buf *out)
{
	HOLDS(count(out, '\n') == grid->rows + 1);
	HOLDS(count(out, '\t') == (grid->rows + 1) * (COLUMNS - 1));
	HOLDS(count(out, '\r') == 0 && count(out, '\0') == 0);
}

/* Behind the labels' end; each value is a string with \\ \" \n in it. */
static const char *
prom_labels(const char *p, const char *end)
{
	for (; p < end && *p != '}'; p++) {
		if (*p != '"')
			continue;
		for (p++; p < end && *p != '"'; p++)
			if (*p == '\\')
				HOLDS(++p < end && strchr("\\\"n", *p) != NULL);
	}
	HOLDS(p < end);
	return p + 1;
}

static void
check_prom(const struct ev_buf *out)
{
	const uint8_t *p = (const uint8_t *)out->p;
	size_t n = out->n, len;
	struct ev_slice line;
	const char *end, *at;

	HOLDS(safe_text(ev_buf_slice(out), "\n\t\r\x7f") ||
	    count(out, '\0') == 0);
	while (n > 0) {
		line = fuzz_line(&p, &n);
		if (ev_slice_starts(line, "# "))
			continue;
		HOLDS(ev_slice_starts(line, "ev_"));
		end = line.p + line.n;
		for (len = 0;
		     len < line.n && line.p[len] != '{' && line.p[len] != ' ';
		     len++)
			;
		at = line.p + len;
		if (at < end && *at == '{')
			at = prom_labels(at, end);
		HOLDS(at + 1 < end && *at == ' ' &&
		    memchr(at + 1, ' ', (size_t)(end - at - 1)) == NULL);
	}
}

static void
check_json(const struct ev_buf *out)
{
	char *copy = padded(out->p, out->n);
	size_t i;

	for (i = 0; i < out->n; i++) /* the scanner reads lines */
		if (copy[i] == '\n')
			copy[i] = ' ';
	HOLDS(ev_scan_value(copy, out->n, NULL, NULL) == EV_SCAN_OK);
	free(copy);
}

/* Marks balance behind the style: nothing of a text is a part of one. */
static void
check_marks(struct ev_buf *out)
{
	const char *body;

	HOLDS(safe_text(ev_buf_slice(out), "\n\t"));
	body = strstr(ev_buf_str(out), "</style>");
	HOLDS(body != NULL);
	memmove(out->p, body, out->n -= (size_t)(body - out->p));
	HOLDS(count(out, '<') == count(out, '>'));
}

static void
fill(struct ev_grid *grid, const uint8_t *p, size_t n)
{
	struct ev_slice line;
	struct ev_val val;
	char *copy;

	ev_grid_group(grid, "a name", EV_GRID_TEXT);
	ev_grid_column(grid, "count", EV_GRID_COUNT);
	ev_grid_column(grid, "value", EV_GRID_JSON);
	while (n > 0) {
		line = fuzz_line(&p, &n);
		copy = padded(line.p, line.n);
		ev_grid_text(grid, line);
		ev_grid_count(grid, line.n);
		if (ev_scan_value(copy, line.n, &val, NULL) == EV_SCAN_OK)
			ev_grid_raw(grid, ev_val_raw(&val));
		else
			ev_grid_text(grid, line);
		free(copy);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct ev_grid_look plain = { .utc = true };
	static const struct ev_grid_look screen = {
		.terminal = true, .color = false, .utc = true, .width = 60
	};
	struct ev_buf out = EV_BUF_INIT;
	struct ev_grid grid;
	size_t i;
	static const struct {
		void (*print)(const struct ev_grid *grid,
		    const struct ev_grid_look *look, struct ev_buf *out);
	} people[] = { { ev_grid_table }, { ev_grid_md }, { ev_grid_csv },
		{ ev_grid_json }, { ev_grid_tsv }, { ev_grid_prom } };

	ev_grid_init(&grid, "fuzz");
	fill(&grid, p, n);
	ev_grid_csv(&grid, &plain, &out);
	check_csv(&grid, &out);
	ev_buf_reset(&out);
	ev_grid_tsv(&grid, &plain, &out);
	check_tsv(&grid, &out);
	ev_buf_reset(&out);
	ev_grid_prom(&grid, &plain, &out);
	check_prom(&out);
	ev_buf_reset(&out);
	ev_grid_json(&grid, &plain, &out);
	check_json(&out);
	ev_buf_reset(&out);
	ev_grid_html(&grid, &plain, &out);
	check_marks(&out);
	for (i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
		ev_buf_reset(&out);
		people[i].print(&grid, &screen, &out);
		HOLDS(safe_text(ev_buf_slice(&out), "\n\t"));
	}
	ev_grid_clear(&grid);
	ev_buf_clear(&out);
	return 0;
}
