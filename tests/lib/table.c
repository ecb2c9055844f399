/* Cells of csv, tsv and md: each escapes at one place. */
#include "test.h"

#include "out/table.h"

static const char *
cell(void (*escape)(struct ev_buf *, size_t), const char *text, size_t n)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_buf_adds(&out, "x,");
	ev_buf_add(&out, text, n);
	escape(&out, 2);
	return ev_buf_str(&out) + 2;
}

#define CELL(escape, text) cell(escape, text, sizeof(text) - 1)

static void
csv(void)
{
	CHECK_STR(CELL(ev_csv_cell, ""), "");
	CHECK_STR(CELL(ev_csv_cell, "plain text"), "plain text");
	CHECK_STR(CELL(ev_csv_cell, "a,b"), "\"a,b\"");
	CHECK_STR(CELL(ev_csv_cell, "say \"hi\""), "\"say \"\"hi\"\"\"");
	CHECK_STR(CELL(ev_csv_cell, "a\nb"), "\"a\nb\"");
	CHECK_STR(CELL(ev_csv_cell, "a\rb"), "\"a\rb\"");
	CHECK_STR(CELL(ev_csv_cell, "é"), "é");
	CHECK_STR(CELL(ev_csv_cell, "=1+1"), "'=1+1");
	CHECK_STR(CELL(ev_csv_cell, "@SUM(A1)"), "'@SUM(A1)");
	CHECK_STR(CELL(ev_csv_cell, "+49"), "'+49");
	CHECK_STR(CELL(ev_csv_cell, "-"), "'-");
	CHECK_STR(CELL(ev_csv_cell, "-1+2"), "'-1+2");
	CHECK_STR(CELL(ev_csv_cell, "\tx"), "'\tx");
	CHECK_STR(CELL(ev_csv_cell, "\rx"), "\"'\rx\"");
	CHECK_STR(CELL(ev_csv_cell, "=a,\"b\""), "\"'=a,\"\"b\"\"\"");
	CHECK_STR(CELL(ev_csv_cell, "-1.5e3"), "-1.5e3");
	CHECK_STR(CELL(ev_csv_cell, "a\0b"),
	    "a\xef\xbf\xbd"
	    "b");
	CHECK_STR(CELL(ev_csv_cell, "\xed\xa0\x80,"), "\"\xef\xbf\xbd,\"");
}

static void
tsv(void)
{
	CHECK_STR(CELL(ev_tsv_cell, "plain, \"text\""), "plain, \"text\"");
	CHECK_STR(CELL(ev_tsv_cell, "a\tb\nc\rd\\e"), "a\\tb\\nc\\rd\\\\e");
	CHECK_STR(CELL(ev_tsv_cell, "=1"), "=1");
}

static void
md(void)
{
	CHECK_STR(CELL(ev_md_cell, "a|b"), "a\\|b");
	CHECK_STR(CELL(ev_md_cell, "a\\|b"), "a\\\\\\|b");
	CHECK_STR(CELL(ev_md_cell, "a\nb\r\nc"), "a<br>b<br>c");
	CHECK_STR(CELL(ev_md_cell, "<script>&"), "&lt;script&gt;&amp;");
	CHECK_STR(CELL(ev_md_cell, "tool_call"), "tool_call");
	CHECK_STR(CELL(ev_md_cell, "_x_"), "\\_x\\_");
	CHECK_STR(CELL(ev_md_cell, "**b** [l](u) `c`"),
	    "\\*\\*b\\*\\* \\[l\\](u) \\`c\\`");
}

int
main(void)
{
	csv();
	tsv();
	md();
	return test_end();
}
