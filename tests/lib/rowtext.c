#include "event/rowtext.h"

#include <stdlib.h>
#include <string.h>

#include "event/event.h"
#include "padded.h"
#include "test.h"

#define ROW(more) "[{\"name\":\"a\",\"detect\":[\"k\"]" more "}]"

/* The message, or "" for rows that are sound. */
static const char *
message(struct ev_slice text)
{
	static struct ev_err err;
	struct ev_custom *custom = ev_rowtext_read(text, "f", &err);

	if (custom != NULL)
		*err.text = '\0';
	ev_custom_free(custom);
	return err.text;
}

/* clang-format off */
static const char *const said[][2] = {
	{ "[]", "" },
	{ " [\r\n\t] \n", "" },
	{ ROW(""), "" },
	{ ROW(",\"id\":\"x\",\"time\":[\"t ms\",\"u, v  ms\"],\"type\":\"a.b[]\""
	    ",\"level\":\"%level\",\"message\":\"a\\\\ b\\\\,c\","
	    "\"payload\":\"p q\""), "" },
	{ "", "f: line 1: not JSON" },
	{ "\n\n", "f: line 3: not JSON" },
	{ "\xef\xbb\xbf[]", "f: line 1: not JSON" },
	{ "[\n{\n]", "f: line 3: not JSON" },
	{ "[\"a\nb\"]", "f: line 1: not JSON" },
	{ "[] []", "f: line 1: not JSON" },
	{ "[],", "f: line 1: not JSON" },
	{ "[\xff]", "f: line 1: not JSON" },
	{ "{}", "f: not an array of dialects" },
	{ "\"x\"", "f: not an array of dialects" },
	{ "[1]", "f: row 1: not an object" },
	{ "[{}]", "f: row 1: no name" },
	{ "[{\"name\":\"a\"}]", "f: row 1 ('a'): no detect" },
	{ "[{\"name\":\"a\",\"name\":\"b\"}]",
	    "f: duplicate key \"name\" in []" },
	{ "[{\"name\":\"a\\u0000\"}]", "f: \\u0000 in [].name" },
	{ "[{\"name\":1}]", "f: row 1, name: not a string with something in it" },
	{ "[{\"name\":\"\"}]",
	    "f: row 1, name: not a string with something in it" },
	{ "[{\"name\":\"a b\"}]", "f: row 1, name: 'a b' is not a name (allowed: "
	    "up to 64 of A-Z a-z 0-9 . _ -)" },
	{ "[{\"name\":\"vermas\"}]",
	    "f: row 1, name: 'vermas' is a dialect that is built in" },
	{ "[{\"name\":\"a\",\"detect\":[\"k\"]},{\"name\":\"a\"}]",
	    "f: row 2, name: 'a' is the name of row 1, too" },
	{ ROW(",\"id\":1"),
	    "f: row 1 ('a'), id: neither a string nor an array of strings" },
	{ ROW(",\"id\":null"),
	    "f: row 1 ('a'), id: neither a string nor an array of strings" },
	{ ROW(",\"id\":[1]"),
	    "f: row 1 ('a'), id: not a string with something in it" },
	{ ROW(",\"id\":[]"), "f: row 1 ('a'), id: names no path" },
	{ ROW(",\"id\":\" , \""), "f: row 1 ('a'), id: names no path" },
	{ ROW(",\"id\":\"x ms\""), "f: row 1 ('a'), id: only time has a unit" },
	{ ROW(",\"time\":\"x s\""), "f: row 1 ('a'), time: 's' behind a path "
	    "(allowed: the unit ms of a time, a comma, \"\\\\ \" for a blank in "
	    "a key)" },
	{ ROW(",\"id\":\"a..b\""),
	    "f: row 1 ('a'), id: path 'a..b': an empty key" },
	{ ROW(",\"id\":[\"a\\\\\",\"b\"]"), "f: row 1 ('a'), id: path 'a\\': a "
	    "backslash before other than one of . [ \\ , = and a blank" },
	{ ROW(",\"level\":\"%levl\""),
	    "f: row 1 ('a'), level: there is no computed '%levl'" },
	{ ROW(",\"tipe\":\"x\""), "f: row 1 ('a'), tipe: no such column, did you "
	    "mean 'type'?" },
	{ ROW(",\"payload\":[]"),
	    "f: row 1 ('a'), payload: not a string with something in it" },
	{ ROW(",\"id\":\"a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a\""),
	    "f: row 1 ('a'), id: more than 16 paths" },
	{ "[{\"detect\":\"x\"}]",
	    "f: row 1, detect: not an array of \"PATH\" or \"PATH=VALUE\"" },
	{ "[{\"detect\":[]}]",
	    "f: row 1, detect: no test: every line would fit" },
	{ "[{\"detect\":[\"a[].b\"]}]",
	    "f: row 1, detect: 'a[].b' leads into an array" },
	{ "[{\"detect\":[\"=x\"]}]", "f: row 1, detect: path '': an empty key" },
	{ "[{\"detect\":[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\","
	    "\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]}]",
	    "f: row 1, detect: more than 16 tests" },
};

/* The first column whose tests fit a line. */
static const char *const detected[][2] = {
	{ "{\"a\":1}", "has" },
	{ "{\"a\":null}", "has" },
	{ "{\"v\":\"2\"}", "two" },
	{ "{\"v\":2}", "two" },
	{ "{\"v\":2.0}", "generic" },
	{ "{\"v\":true}", "true" },
	{ "{\"v\":\"\\u0032\"}", "two" },
	{ "{\"x=y\":\"p=q\"}", "equal" },
	{ "{\"x\":{\"y.z\":\"\"}}", "empty" },
	{ "{\"x\":{\"y.z\":[]}}", "generic" },
	/* before what is built in */
	{ "{\"event_id\":1,\"event_type\":2,\"a\":0}", "has" },
	{ "{\"event_id\":1,\"event_type\":2}", "vermas" },
};
/* clang-format on */

static const char rows[] = "[{\"name\":\"has\",\"detect\":[\"a\"]},"
			   "{\"name\":\"two\",\"detect\":[\"v=2\"]},"
			   "{\"name\":\"true\",\"detect\":[\"v=true\"]},"
			   "{\"name\":\"equal\",\"detect\":[\"x\\\\=y=p=q\"]},"
			   "{\"name\":\"empty\",\"detect\":[\"x.y\\\\.z=\"]}]";

static void
test_said(void)
{
	struct ev_slice nul = { "[\0]", 3 };
	size_t i;

	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		CHECK_STR(message(ev_slice_of(said[i][0])), said[i][1]);
	CHECK_STR(message(nul), "f: line 1: not JSON");
}

static void
test_detect(void)
{
	struct ev_custom *custom =
	    ev_rowtext_read(ev_slice_of(rows), "f", NULL);
	struct ev_model *model = ev_model_new(NULL);
	struct ev_event *ev;
	char *line;
	size_t i, n;

	CHECK(custom != NULL);
	ev_model_custom(model, custom);
	ev_model_seal(model);
	ev = ev_event_new(model);
	for (i = 0; i < sizeof(detected) / sizeof(detected[0]); i++) {
		n = strlen(detected[i][0]);
		line = padded(detected[i][0], n);
		CHECK_INT(ev_event_read(ev, line, n), EV_SCAN_OK);
		CHECK_STR(ev->dialect->name, detected[i][1]);
		free(line);
	}
	CHECK_STR(ev_custom_named(custom, "two")->name, "two");
	CHECK_STR(ev_custom_named(custom, "gep")->name, "gep");
	CHECK(ev_custom_named(custom, "three") == NULL);
	CHECK(ev_custom_named(NULL, "two") == NULL);
	ev_event_free(ev);
	ev_model_free(model);
	ev_custom_free(custom);
}

/* n rows, each with a test and a name of its own. */
static void
test_most(size_t n, const char *want)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		ev_buf_addf(&text,
		    "%c{\"name\":\"n%zu\",\"detect\":[\"k%zu\"]}",
		    i == 0 ? '[' : ',', i, i);
	ev_buf_addc(&text, ']');
	CHECK_STR(message(ev_buf_slice(&text)), want);
	ev_buf_clear(&text);
}

static uint64_t
routing(const char *text)
{
	struct ev_custom *custom =
	    ev_rowtext_read(ev_slice_of(text), "f", NULL);
	uint64_t number;

	CHECK(custom != NULL);
	number = ev_custom_routing(custom, 1);
	CHECK(number >> 52 == 1);
	CHECK(number != ev_custom_routing(custom, 2));
	ev_custom_free(custom);
	return number;
}

/* Only what says where the time stands counts. */
static void
test_routing(void)
{
	uint64_t base = routing(ROW(",\"time\":\"t\""));

	CHECK(routing(ROW(",\"time\":\"t\",\"id\":\"x\"")) == base);
	CHECK(routing("[{\"time\":\"t\",\"name\":\"b\",\"detect\":[\"k\"]}]") ==
	    base);
	CHECK(routing(ROW(",\"time\":\"t ms\"")) != base);
	CHECK(routing(ROW("")) != base);
	CHECK(
	    routing("[{\"name\":\"a\",\"detect\":[\"k=\"],\"time\":\"t\"}]") !=
	    base);
	CHECK(
	    routing(
		"[{\"name\":\"a\",\"detect\":[\"k\",\"l\"],\"time\":\"t\"}]") !=
	    base);
	CHECK(routing("[]") != base);
}

int
main(void)
{
	test_said();
	test_detect();
	test_most(1000, "");
	test_most(1001, "f: more than 1000 rows");
	test_routing();
	return test_end();
}
