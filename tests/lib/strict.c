#include "json/strict.h"

#include "base/buf.h"
#include "padded.h"
#include "test.h"

static const char *
verdict(const char *json)
{
	static struct ev_err err;
	struct ev_val root;
	char *keep;
	int r;

	root = padded_val(json, &keep);
	strcpy(err.text, "sound");
	r = ev_strict(&root, &err);
	CHECK(r == 0 || r == -1);
	CHECK((r == 0) == (strcmp(err.text, "sound") == 0));
	free(keep);
	return err.text;
}

static void
test_rows(void)
{
	static const char *const row[][2] = {
		{ "{}", "sound" },
		{ "7", "sound" },
		{ "\"a\"", "sound" },
		{ "\"\\ud800\"", "a lone surrogate" },
		{ "{\"a\":1,\"b\":{\"a\":[{\"a\":2},{\"a\":3}]},\"c\":\"a\"}",
		    "sound" },
		{ "{\"a\":1,\"a\":1}", "duplicate key \"a\"" },
		{ "{\"\":1,\"\":1}", "duplicate key \"\"" },
		{ "{\"a\":1,\"\\u0061\":1}", "duplicate key \"\\u0061\"" },
		{ "{\"\\u0061\":1,\"a\":1}", "duplicate key \"a\"" },
		{ "{\"\\n\":1,\"\\u000A\":1}", "duplicate key \"\\u000A\"" },
		{ "{\"\\/\":1,\"/\":1}", "duplicate key \"/\"" },
		{ "{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":1}",
		    "duplicate key \"\xf0\x9f\x98\x80\"" },
		{ "{\"data\":{\"a\":1,\"b\":[],\"a\":2}}",
		    "duplicate key \"a\" in data" },
		{ "{\"a\":{\"b\":[0,{\"c\":[{}]},{\"x\":1,\"x\":1}]}}",
		    "duplicate key \"x\" in a.b[]" },
		{ "[{\"x\":1},{\"x\":1,\"y\":2,\"x\":1}]",
		    "duplicate key \"x\" in []" },
		{ "{\"a\":{\"b\":{}},\"a\":{}}", "duplicate key \"a\"" },
		{ "{\"A\":1,\"a\":1,\"aa\":1,\"aaa\":{\"a\":1}}", "sound" },
		{ "{\"a\":\"x\\u0000\"}", "\\u0000 in a" },
		{ "{\"a\":[\"\\u0000\"]}", "\\u0000 in a[]" },
		{ "{\"a\":\"\\\\u0000\"}", "sound" },
		{ "{\"a\\u0000\":1}", "\\u0000 in the key \"a\\u0000\"" },
		{ "{\"d\":{\"\\uDC00\":1}}",
		    "a lone surrogate in the key \"\\uDC00\" in d" },
		{ "{\"a\":{\"b\":\"\\ud83d\\ude00 \\ud83d\"}}",
		    "a lone surrogate in a.b" },
		{ "{\"a\":\"\\ude00\\ud83d\"}", "a lone surrogate in a" },
		{ "{\"a\":\"\\ud83d\\\\ude00\"}", "a lone surrogate in a" },
		{ "{\"a\":\"\\ud83d\\ude00\\ufffd\\uffff\"}", "sound" },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++)
		CHECK_STR(verdict(row[i][0]), row[i][1]);
}

/* {"k0":0,…} with n keys, then one more. */
static const char *
many(size_t n, const char *last)
{
	static struct ev_buf json;
	size_t i;

	ev_buf_reset(&json);
	ev_buf_addc(&json, '{');
	for (i = 0; i < n; i++)
		ev_buf_addf(&json, "\"k%zu\":{\"k\":[%zu]},", i, i);
	ev_buf_addf(&json, "\"%s\":0}", last);
	return ev_buf_str(&json);
}

static void
test_many(void)
{
	static const size_t size[] = { 1, 15, 62, 63, 64, 65, 200, 255, 256,
		300, 100000 };
	struct ev_buf json = EV_BUF_INIT;
	char want[64], last[32];
	size_t i;

	for (i = 0; i < sizeof(size) / sizeof(*size); i++) {
		CHECK_STR(verdict(many(size[i], "x")), "sound");
		CHECK_STR(verdict(many(size[i], "k0")), "duplicate key \"k0\"");
		snprintf(last, sizeof(last), "\\u006b%zu", size[i] - 1);
		snprintf(want, sizeof(want), "duplicate key \"%s\"", last);
		CHECK_STR(verdict(many(size[i], last)), want);
	}
	/* objects in objects hold more keys open than fit at first */
	for (i = 0; i < EV_SCAN_DEPTH - 1; i++)
		ev_buf_adds(&json, "{\"a\":0,\"b\":1,\"c\":2,\"d\":3,\"e\":");
	ev_buf_adds(&json, "{\"a\":0,\"b\":1,\"a\":2}");
	for (i = 0; i < EV_SCAN_DEPTH - 1; i++)
		ev_buf_adds(&json, i == 0 ? ",\"a\":5}" : "}");
	CHECK(strncmp(verdict(ev_buf_str(&json)), "duplicate key \"a\" in e.e",
		  24) == 0);
	ev_buf_clear(&json);
}

int
main(void)
{
	test_rows();
	test_many();
	return test_end();
}
