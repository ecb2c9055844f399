#include "out/table.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "json/number.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* True when out from `from` on holds nothing that has to be looked at: plain
 * ASCII without any of the bytes in `special`. */
static bool
is_plain(const struct ev_buf *out, size_t from, const char *special)
{
	const char *cell = out->p + from;
	size_t n = out->n - from, i;
	unsigned char c;
	bool other = false;

	for (i = 0; i < n; i++) {
		c = (unsigned char)cell[i];
		other |= c < 0x20 || c >= 0x7f;
	}
	for (; n > 0 && !other && *special != '\0'; special++)
		other = memchr(cell, *special, n) != NULL;
	return !other;
}

/* Moves the cell away from the end of out, for free() by ev_buf_clear. */
static struct ev_buf
take(struct ev_buf *out, size_t from)
{
	struct ev_buf cell = EV_BUF_INIT;

	ev_buf_add(&cell, out->p + from, out->n - from);
	out->n = from;
	return cell;
}

/* Appends the character at p as a text file can hold it; gives its length. */
static size_t
copy_one(struct ev_buf *out, const char *p, const char *end)
{
	uint32_t cp;
	int len;

	len = ev_utf8_next(p, end, &cp);
	if (len > 0 && cp != 0) {
		ev_buf_add(out, p, (size_t)len);
		return (size_t)len;
	}
	ev_buf_adds(out, REPLACEMENT);
	/* a lone surrogate is three bytes that are wrong together */
	if (len == 0 && (unsigned char)*p == 0xed && end - p >= 3)
		return 3;
	return 1;
}

static bool
in_word(const struct ev_buf *cell, const char *p)
{
	return p > cell->p && p + 1 < cell->p + cell->n &&
	    isalnum((unsigned char)p[-1]) && isalnum((unsigned char)p[1]);
}

/* Rewrites a cell; what `special` names is replaced by its text in `to` (an
 * underscore inside a word means nothing in Markdown either). */
static void
rewrite(
    struct ev_buf *out, size_t from, const char *special, const char *const *to)
{
	struct ev_buf cell;
	const char *p, *end, *hit;
	size_t len;

	if (is_plain(out, from, special))
		return;
	cell = take(out, from);
	end = cell.p + cell.n;
	for (p = cell.p; p < end; p += len) {
		len = 1;
		hit = *p == '\0' ? NULL : strchr(special, *p);
		if (hit == NULL || (*p == '_' && in_word(&cell, p)))
			len = copy_one(out, p, end);
		else
			ev_buf_adds(out, to[hit - special]);
	}
	ev_buf_clear(&cell);
}

static bool
spreadsheet_runs(const struct ev_buf *out, size_t from)
{
	struct ev_slice cell = { out->p + from, out->n - from };

	return cell.n > 0 && cell.p[0] != '\0' &&
	    strchr("=+-@\t\r", cell.p[0]) != NULL && !ev_num_valid(cell);
}

void
ev_csv_cell(struct ev_buf *out, size_t from)
{
	static const char *const to[] = { "\"\"" };
	size_t n = out->n - from;

	if (n == 0)
		return;
	if (spreadsheet_runs(out, from))
		ev_buf_insert(out, from, "'", 1);
	if (is_plain(out, from, "\","))
		return;
	rewrite(out, from, "\"", to);
	n = out->n - from;
	if (memchr(out->p + from, '"', n) || memchr(out->p + from, ',', n) ||
	    memchr(out->p + from, '\n', n) || memchr(out->p + from, '\r', n)) {
		ev_buf_insert(out, from, "\"", 1);
		ev_buf_addc(out, '"');
	}
}

void
ev_tsv_cell(struct ev_buf *out, size_t from)
{
	static const char *const to[] = { "\\t", "\\n", "\\r", "\\\\" };

	rewrite(out, from, "\t\n\r\\", to);
}

void
ev_md_cell(struct ev_buf *out, size_t from)
{
	/* clang-format off */
	static const char special[] = "\n\r\t|\\`*_[]~<>&";
	static const char *const to[] = { "<br>", "", " ", "\\|", "\\\\",
		"\\`", "\\*", "\\_", "\\[", "\\]", "\\~", "&lt;", "&gt;",
		"&amp;" };
	/* clang-format on */

	rewrite(out, from, special, to);
}

/* The rows: cells with something before, between and behind them; what a row
 * of one empty cell is, where a blank line would be passed over by readers. */
struct shape {
	const char *before, *between, *behind, *blank;
	void (*cell)(struct ev_buf *out, size_t from);
};

static const struct shape csv = { "", ",", "\n", "\"\"", ev_csv_cell };
static const struct shape tsv = { "", "\t", "\n", "", ev_tsv_cell };
static const struct shape md = { "| ", " | ", " |\n", "", ev_md_cell };

static void
head(const struct shape *shape, const struct ev_writer *writer,
    struct ev_buf *out)
{
	size_t i, from;

	ev_buf_adds(out, shape->before);
	for (i = 0; i < writer->columns.n; i++) {
		if (i > 0)
			ev_buf_adds(out, shape->between);
		from = out->n;
		ev_buf_adds(out, ev_columns_name(&writer->columns, i));
		shape->cell(out, from);
	}
	ev_buf_adds(out, shape->behind);
}

static void
event(const struct shape *shape, const struct ev_writer *writer,
    struct ev_event *ev, struct ev_buf *out)
{
	size_t i, from = 0;

	ev_buf_adds(out, shape->before);
	for (i = 0; i < writer->columns.n; i++) {
		if (i > 0)
			ev_buf_adds(out, shape->between);
		from = out->n;
		ev_columns_text(&writer->columns, i, ev, out);
		shape->cell(out, from);
	}
	if (writer->columns.n == 1 && out->n == from)
		ev_buf_adds(out, shape->blank);
	ev_buf_adds(out, shape->behind);
}

void
ev_csv_head(const struct ev_writer *writer, struct ev_buf *out)
{
	head(&csv, writer, out);
}

void
ev_csv_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	event(&csv, writer, ev, out);
}

void
ev_tsv_head(const struct ev_writer *writer, struct ev_buf *out)
{
	head(&tsv, writer, out);
}

void
ev_tsv_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	event(&tsv, writer, ev, out);
}

void
ev_md_head(const struct ev_writer *writer, struct ev_buf *out)
{
	size_t i;

	head(&md, writer, out);
	for (i = 0; i < writer->columns.n; i++)
		ev_buf_adds(out, i == 0 ? "| --- |" : " --- |");
	ev_buf_addc(out, '\n');
}

void
ev_md_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	event(&md, writer, ev, out);
}
