/*
 * Every rule of RFC 8259 against the scanner (bar C16): what is JSON, what is
 * not, and what the RFC leaves to the reader, decided as we decide it.
 *
 * Line ends inside a text are no matter of the scanner's: a reader cuts there.
 */
#include "json/scan.h"

#include <stdlib.h>

#include "json/number.h"
#include "reference.h"
#include "rfc8259_rows.h"
#include "rfc8259_try.h"

static void
test_rows(void)
{
	size_t cases[3] = { 0 };
	const struct row *r;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		r = &rows[i];
		cases[r->rule]++;
		if (r->alone)
			try_text(r->p, r->n, r->sound);
		else
			try_inside(r->p, r->n, r->sound);
	}
	printf("%zu valid, %zu invalid, %zu either\n", cases[VALID],
	    cases[INVALID], cases[EITHER]);
}

/* A line end is white space of JSON that no line holds: only compacted. */
static void
test_line_ends(void)
{
	static const char *const row[] = { "\n1\n", "[\n1\n,\n2\n]", "{\n}",
		"{\r\n \"a\"\n:\n[\n]\r\n}\n" };
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		try_compact(row[i], strlen(row[i]), true);
		judge("line", row[i], strlen(row[i]), false,
		    scan_line(row[i], strlen(row[i])) == EV_SCAN_OK);
	}
}

static bool
is_hex(int c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* Puts byte c into `text` at its "@". */
static void
try_byte(const char *text, int c, bool want)
{
	char copy[64];
	size_t n = strlen(text);

	memcpy(copy, text, n + 1);
	*strchr(copy, '@') = (char)c;
	try_inside(copy, n, want);
}

/* Each of the 256 bytes at each kind of place. */
static void
test_bytes(void)
{
	static const char *const gap[] = { "@1", "1@", "[@]", "[1@,2]",
		"[1,@2]", "{@}", "{\"a\"@:1}", "{\"a\":@1}", "{@\"a\":1}",
		"{\"a\":1@}", "{\"a\":1,@\"b\":2}", "true@", "@null", "\"\"@",
		"[]@", "@{}" };
	static const char *const hex[] = { "\"\\u@000\"", "\"\\u0@00\"",
		"\"\\u00@0\"", "\"\\u000@\"", "{\"\\u004@\":0}" };
	static const char other[] = "[@,0]";
	bool blank;
	size_t i;
	int c;

	for (c = 0; c < 256; c++) {
		if (c == '\n')
			continue;
		blank = c == ' ' || c == '\t' || c == '\r';
		for (i = 0; i < sizeof(gap) / sizeof(*gap); i++) {
			/* digits, signs and brackets: the rows' business */
			if (c < 0x80 && c > ' ' &&
			    strchr("-.0123456789eE,[]{}"
				   ":\"",
				c) != NULL)
				continue;
			try_byte(gap[i], c, blank);
		}
		try_byte(other, c, c >= '0' && c <= '9');
		try_byte(
		    "\"@\"", c, c >= 0x20 && c < 0x80 && c != '"' && c != '\\');
		try_byte("\"0123456789abcde@q0123456789\"", c,
		    c >= 0x20 && c < 0x80 && c != '"' && c != '\\');
		try_byte(
		    "\"\\@\"", c, c != 0 && strchr("\"\\/bfnrt", c) != NULL);
		try_byte("\"\\@\\\"\"", c,
		    c != 0 && strchr("\"\\/bfnrt", c) != NULL);
		for (i = 0; i < sizeof(hex) / sizeof(*hex); i++)
			try_byte(hex[i], c, is_hex(c));
	}
}

/* Sequences of bytes at every place of a block, inside a string. */
static void
test_utf8(void)
{
	char text[128];
	size_t i, at, n;

	for (i = 0; i < sizeof(utf8) / sizeof(*utf8); i++)
		for (at = 0; at <= 40; at++) {
			n = strlen(utf8[i].text);
			memset(text, 'x', sizeof(text));
			text[0] = '"';
			memcpy(text + 1 + at, utf8[i].text, n);
			text[1 + at + n] = '"';
			try_text(text, at + n + 2, utf8[i].sound);
			/* and followed by more of the string */
			text[1 + at + n] = 'x';
			text[at + n + 19] = '"';
			try_text(text, at + n + 20, utf8[i].sound);
		}
	CHECK_INT(scan_value("\"\x80\"", 3), EV_SCAN_UTF8);
	CHECK_INT(scan_value("\xef\xbb\xbf{}", 5), EV_SCAN_SYNTAX);
}

static bool
reference(const char *p, size_t n)
{
	size_t from, at;

	return ref_text(p, n, &from, &at) == EV_SCAN_OK;
}

/* Every text of up to `most` letters of an alphabet. */
static void
exhaust(const char *const *letter, size_t letters, size_t most, bool number)
{
	size_t digit[8] = { 0 }, len, i, n;
	char text[64];
	bool want;

	for (len = 1; len <= most; len++) {
		memset(digit, 0, sizeof(digit));
		do {
			for (i = n = 0; i < len; i++) {
				memcpy(text + n, letter[digit[i]],
				    strlen(letter[digit[i]]));
				n += strlen(letter[digit[i]]);
			}
			want = reference(text, n);
			judge("exhaustive", text, n, want,
			    scan_value(text, n) == EV_SCAN_OK);
			if (number)
				judge("number", text, n, want,
				    ev_num_valid((struct ev_slice){ text, n }));
			for (i = 0; i < len && ++digit[i] == letters; i++)
				digit[i] = 0;
		} while (i < len);
	}
}

static void
test_exhaustive(void)
{
	static const char *const number[] = { "-", "+", "0", "7", ".", "e",
		"E" };
	static const char *const token[] = { "{", "}", "[", "]", ",", ":",
		"\"\"", "1" };

	exhaust(number, sizeof(number) / sizeof(*number), 6, true);
	exhaust(token, sizeof(token) / sizeof(*token), 6, false);
}

/* Cut at every byte: torn, and found torn at the cut. */
static void
test_torn(void)
{
	size_t n = strlen(rich), i, at;
	struct ev_plan *plan = ev_plan_new();
	struct ev_path path;
	struct ev_val slot[1];
	char *copy;

	CHECK(ev_path_parse(&path, EV_SLICE("data.list"), NULL) == 0);
	CHECK_INT(ev_plan_add(plan, &path, 2), 0);
	try_text(rich, n, true);
	for (i = 0; i < n; i++) {
		copy = padded(rich, i);
		CHECK_INT(ev_scan_line(plan, copy, i, slot, &at),
		    i == 0 ? EV_SCAN_BLANK : EV_SCAN_TORN);
		CHECK_INT(at, i);
		/* with the sentinel that a line has */
		copy[i] = '\n';
		CHECK_INT(ev_scan_line(NULL, copy, i, NULL, &at),
		    i == 0 ? EV_SCAN_BLANK : EV_SCAN_TORN);
		CHECK_INT(at, i);
		free(copy);
		try_text(rich, i, false);
		/* without its beginning */
		if (i > 0)
			try_text(rich + i, n - i, false);
	}
	ev_path_clear(&path);
	ev_plan_free(plan);
}

/* A raw NUL anywhere is a fault; where a value ends it is one there. */
static void
test_nul(void)
{
	size_t n = strlen(rich), i, at;
	char *copy;

	for (i = 0; i < n; i++) {
		copy = padded(rich, n);
		copy[i] = '\0';
		CHECK(ev_scan_line(NULL, copy, n, NULL, &at) != EV_SCAN_OK);
		CHECK(at <= i);
		judge("line", copy, n, false,
		    ev_scan_value(copy, n, NULL, NULL) == EV_SCAN_OK);
		free(copy);
	}
	CHECK_INT(scan_line("{}\0", 3), EV_SCAN_NUL);
	CHECK_INT(scan_line("\0", 1), EV_SCAN_NUL);
	CHECK_INT(scan_line("{\"a\":\"\0\"}", 9), EV_SCAN_NUL);
}

static enum ev_scan
nested(const char *open, const char *inner, const char *close, size_t depth)
{
	struct ev_buf doc = EV_BUF_INIT;
	enum ev_scan line, value;
	size_t i;

	for (i = 0; i < depth; i++)
		ev_buf_adds(&doc, open);
	ev_buf_adds(&doc, inner);
	for (i = 0; i < depth; i++)
		ev_buf_adds(&doc, close);
	value = scan_value(doc.p, doc.n);
	line = scan_line(doc.p, doc.n);
	CHECK_INT(line,
	    value == EV_SCAN_OK && *open == '[' ? EV_SCAN_NOT_OBJECT : value);
	ev_buf_clear(&doc);
	return value;
}

static void
test_depth(void)
{
	const size_t most = EV_SCAN_DEPTH;

	CHECK_INT(most, 128);
	CHECK_INT(nested("[", "", "]", most), EV_SCAN_OK);
	CHECK_INT(nested("[", "", "]", most + 1), EV_SCAN_DEEP);
	CHECK_INT(nested("{\"a\":", "0", "}", most), EV_SCAN_OK);
	CHECK_INT(nested("{\"a\":", "0", "}", most + 1), EV_SCAN_DEEP);
	CHECK_INT(nested("{\"a\":", "[]", "}", most - 1), EV_SCAN_OK);
	CHECK_INT(nested("{\"a\":", "[]", "}", most), EV_SCAN_DEEP);
	CHECK_INT(
	    nested("[{\"a\":[],\"b\":", "{}", "}]", most / 2 - 1), EV_SCAN_OK);
	CHECK_INT(
	    nested("[{\"a\":[],\"b\":", "{}", "}]", most / 2), EV_SCAN_DEEP);
	/* many, one after the other, are not deep */
	CHECK_INT(nested("[[[]],", "{}", "]", most - 2), EV_SCAN_OK);
	CHECK_INT(nested("[", "", "]", 1000000), EV_SCAN_DEEP);
	CHECK_INT(nested("{\"\":", "1", "}", 1000000), EV_SCAN_DEEP);
}

int
main(void)
{
	test_rows();
	test_line_ends();
	test_bytes();
	test_utf8();
	test_exhaustive();
	test_torn();
	test_nul();
	test_depth();
	printf("%zu scans, wrong accepts %zu, wrong rejects %zu\n", runs,
	    wrong_accepts, wrong_rejects);
	CHECK_INT(wrong_accepts, 0);
	CHECK_INT(wrong_rejects, 0);
	return test_end();
}
