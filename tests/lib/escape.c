/* Untrusted text on a terminal: escapes and widths. */
#include "test.h"

#include "out/cells.h"
#include "out/escape.h"

static const char *
escaped(struct ev_buf *out, const char *text, size_t n)
{
	ev_buf_reset(out);
	ev_escape(out, (struct ev_slice){ text, n });
	return ev_buf_str(out);
}

static const char *
cut(struct ev_buf *out, const char *text, size_t cells, bool ascii)
{
	ev_buf_reset(out);
	ev_escape_cut(out, ev_slice_of(text), cells, ascii);
	return ev_buf_str(out);
}

static const char *
lines(struct ev_buf *out, const char *before, const char *text, size_t n)
{
	ev_buf_reset(out);
	ev_buf_adds(out, before);
	ev_buf_add(out, text, n);
	ev_escape_lines(out, strlen(before));
	return ev_buf_str(out);
}

#define LIT(text) (text), sizeof(text) - 1

static void
controls(struct ev_buf *b)
{
	CHECK_STR(escaped(b, LIT("plain text")), "plain text");
	CHECK_STR(escaped(b, NULL, 0), "");
	CHECK_STR(escaped(b, LIT("a\033[31mb\n\r\tc\bd\0e")),
	    "a\\e[31mb\\n\\r\\tc\\x08d\\x00e");
	CHECK_STR(escaped(b,
		      LIT("\x7f\xc2\x9b"
			  "31m")),
	    "\\x7f\\u{009b}31m");
	CHECK_STR(escaped(b, LIT("\xe2\x80\xae\xe2\x81\xa6\xd8\x9c")),
	    "\\u{202e}\\u{2066}\\u{061c}");
	CHECK_STR(escaped(b, LIT("é漢😀")), "é漢😀");
	CHECK_STR(escaped(b, LIT("a\xff\xc3")), "a\\xff\\xc3");
	CHECK_STR(escaped(b, LIT("\xed\xa0\x80")), "\\xed\\xa0\\x80");
	CHECK_STR(escaped(b, LIT("\xc0\xaf")), "\\xc0\\xaf");
}

static void
widths(struct ev_buf *b)
{
	CHECK_INT(ev_cells(EV_SLICE("abc")), 3);
	CHECK_INT(ev_cells(EV_SLICE("é")), 1);
	CHECK_INT(ev_cells(EV_SLICE("e\xcc\x81")), 1);
	CHECK_INT(ev_cells(EV_SLICE("漢字")), 4);
	CHECK_INT(ev_cells((struct ev_slice){ NULL, 0 }), 0);
	CHECK_STR(cut(b, "abcdef", 6, false), "abcdef");
	CHECK_STR(cut(b, "abcdef", 5, false), "abcd…");
	CHECK_STR(cut(b, "abcdef", 5, true), "ab...");
	CHECK_STR(cut(b, "abcdef", 2, true), "..");
	CHECK_STR(cut(b, "abcdef", 1, false), "…");
	CHECK_STR(cut(b, "abcdef", 0, false), "");
	CHECK_STR(cut(b, "漢字漢", 6, false), "漢字漢");
	CHECK_STR(cut(b, "漢字漢", 5, false), "漢字…");
	CHECK_STR(cut(b, "漢字漢", 4, false), "漢…");
	/* an escape is never cut in two */
	CHECK_STR(cut(b, "ab\033cd", 5, false), "ab\\e…");
	CHECK_STR(cut(b, "ab\033cd", 4, false), "ab…");
	CHECK_STR(cut(b, "", 4, false), "");
}

static void
whole_lines(struct ev_buf *b)
{
	CHECK_STR(lines(b, "\033", LIT("a\tb\n")), "\033a\tb\n");
	CHECK_STR(lines(b, "x", LIT("{\"a\":\"\xc2\x9b\x7f\"}\r")),
	    "x{\"a\":\"\\u009b\\u007f\"}\\u000d");
	CHECK_STR(lines(b, "",
		      LIT("\xe2\x80\xae"
			  "é\xff")),
	    "\\u202eé\\xff");
	CHECK_STR(lines(b, "", LIT("")), "");
}

int
main(void)
{
	struct ev_buf b = EV_BUF_INIT;

	controls(&b);
	widths(&b);
	whole_lines(&b);
	ev_buf_clear(&b);
	return test_end();
}
