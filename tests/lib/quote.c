#include "json/quote.h"

#include "padded.h"
#include "test.h"

static const char *
unquoted(const char *json)
{
	static struct ev_buf out;
	struct ev_val val;
	char *keep;

	ev_buf_reset(&out);
	val = padded_val(json, &keep);
	ev_unquote(&out, &val);
	free(keep);
	return ev_buf_str(&out);
}

static const char *
quoted(const char *text)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_quote(&out, ev_slice_of(text));
	return ev_buf_str(&out);
}

static void
test_unquote(void)
{
	struct ev_buf out = EV_BUF_INIT;
	struct ev_val val;
	char *keep;

	CHECK_STR(unquoted("\"\""), "");
	CHECK_STR(unquoted("\"plain\""), "plain");
	CHECK_STR(
	    unquoted("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\/\b\f\n\r\t");
	CHECK_STR(unquoted("\"a\\u00e9b\\u20ac\\u007F\""),
	    "a\xc3\xa9"
	    "b\xe2\x82\xac\x7f");
	CHECK_STR(unquoted("\"\\ud83d\\ude00\""), "\xf0\x9f\x98\x80");
	CHECK_STR(unquoted("\"\\uD83D\\uDE00x\""), "\xf0\x9f\x98\x80x");
	/* lone surrogates: high, low, high high low, high and another */
	CHECK_STR(unquoted("\"\\ud800\""), "\xed\xa0\x80");
	CHECK_STR(unquoted("\"\\udfffx\""), "\xed\xbf\xbfx");
	CHECK_STR(unquoted("\"\\ud83d\\ud83d\\ude00\""),
	    "\xed\xa0\xbd\xf0\x9f\x98\x80");
	CHECK_STR(unquoted("\"\\ud83d\\n\""), "\xed\xa0\xbd\n");
	CHECK_STR(unquoted("\"\\ud83d\\u0041\""),
	    "\xed\xa0\xbd"
	    "A");
	val = padded_val("\"a\\u0000b\"", &keep);
	ev_unquote(&out, &val);
	CHECK(out.n == 3 && memcmp(out.p, "a\0b", 3) == 0);
	free(keep);
	ev_buf_clear(&out);
}

static void
test_text(void)
{
	static const char *const row[][2] = { { "null", "" },
		{ "true", "true" }, { "-1.50e0", "-1.50e0" },
		{ "[1, 2]", "[1, 2]" }, { " \"x\" ", "x" },
		{ "\"\\u0041\"", "A" }, { "{}", "{}" } };
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val val = { .kind = EV_NONE };
	struct ev_slice text;
	char *keep;
	size_t i;

	CHECK_INT(ev_val_text(&val, &scratch).n, 0);
	CHECK(!ev_val_is(&val, ""));
	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		val = padded_val(row[i][0], &keep);
		text = ev_val_text(&val, &scratch);
		CHECK(ev_slice_is(text, row[i][1]));
		free(keep);
	}
	ev_buf_clear(&scratch);
}

static bool
is(const char *json, const char *text)
{
	char *keep;
	struct ev_val val = padded_val(json, &keep);
	bool r = ev_val_is(&val, text);

	free(keep);
	return r;
}

static void
test_is(void)
{
	CHECK(is("\"\"", ""));
	CHECK(is("\"abc\"", "abc"));
	CHECK(!is("\"abc\"", "ab"));
	CHECK(!is("\"ab\"", "abc"));
	CHECK(is(
	    "\"\\u0061b\\u00e9\\ud83d\\ude00\"", "ab\xc3\xa9\xf0\x9f\x98\x80"));
	CHECK(!is("\"\\u0061b\"", "a"));
	CHECK(!is("\"\\u0061b\"", "abc"));
	CHECK(!is("\"\\u0061b\"", "aB"));
	CHECK(!is("\"\\u0000\"", ""));
	CHECK(!is("1", "1"));
}

static void
test_quote(void)
{
	char all[0x81], plain[3] = "x";
	struct ev_buf out = EV_BUF_INIT;
	struct ev_val val;
	char *keep;
	int i;

	CHECK_STR(quoted(""), "\"\"");
	CHECK_STR(quoted("a/b \"c\" \\"), "\"a/b \\\"c\\\" \\\\\"");
	CHECK_STR(
	    quoted("\b\f\n\r\t\x01\x1f"), "\"\\b\\f\\n\\r\\t\\u0001\\u001f\"");
	CHECK_STR(quoted("\x7f\xc2\x80\xc2\x9f\xc2\xa0"),
	    "\"\\u007f\\u0080\\u009f\xc2\xa0\"");
	CHECK_STR(quoted("\xe2\x80\xa8\xe2\x80\xae\xe2\x81\xa6\xe2\x80\x8e"),
	    "\"\\u2028\\u202e\\u2066\\u200e\"");
	CHECK_STR(quoted("\xd8\x9c\xd8\x9d"), "\"\\u061c\xd8\x9d\"");
	CHECK_STR(quoted("\xf0\x9f\x98\x80"), "\"\xf0\x9f\x98\x80\"");
	/* not UTF-8: a lone surrogate comes back, the rest is replaced */
	CHECK_STR(quoted("\xed\xa0\x80z"), "\"\\ud800z\"");
	CHECK_STR(quoted("\xff\xc3"), "\"\\ufffd\\ufffd\"");
	for (i = 0; i <= 0x80; i++)
		all[i] = (char)(i < 0x80 ? i : 0);
	ev_quote(&out, (struct ev_slice){ all, 0x80 });
	val = padded_val(ev_buf_str(&out), &keep);
	ev_buf_reset(&out);
	ev_unquote(&out, &val);
	CHECK(out.n == 0x80 && memcmp(out.p, all, 0x80) == 0);
	free(keep);
	ev_buf_reset(&out);
	ev_quote(&out, (struct ev_slice){ plain, 1 });
	CHECK_STR(ev_buf_str(&out), "\"x\"");
	ev_buf_clear(&out);
}

static const char *
safe(const char *json)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_buf_adds(&out, json);
	ev_quote_unsafe(&out);
	return ev_buf_str(&out);
}

static void
test_unsafe(void)
{
	static const char *const same[] = { "", "{}", "{\"a\": 1 }",
		"\"\\u0085\"", "\"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\"",
		"\"\xc2\xa0\xe2\x80\x93\xd8\xb9\xe2\x80\x93\xe2\x80\x93\"" };
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(*same); i++)
		CHECK_STR(safe(same[i]), same[i]);
	CHECK_STR(safe("\"\x7f\""), "\"\\u007f\"");
	CHECK_STR(safe("{\"k\xc2\x85\":\"\xe2\x80\xaex\xe2\x80\xac\"}"),
	    "{\"k\\u0085\":\"\\u202ex\\u202c\"}");
	CHECK_STR(safe("[\"12345678\xe2\x80\xa8\",\"12345678\xd8\x9c"
		       "12345678\"]"),
	    "[\"12345678\\u2028\",\"12345678\\u061c12345678\"]");
}

int
main(void)
{
	test_unquote();
	test_text();
	test_is();
	test_quote();
	test_unsafe();
	return test_end();
}
