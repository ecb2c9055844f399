#include "json/doc.h"

#include "test.h"

static struct ev_err err;

static int
set(struct ev_doc *doc, const char *text, const char *raw)
{
	struct ev_path path;
	int r;

	CHECK(ev_path_parse(&path, ev_slice_of(text), NULL) == 0);
	r = ev_doc_set(doc, &path, ev_slice_of(raw), &err);
	ev_path_clear(&path);
	return r;
}

static int
push(struct ev_doc *doc, const char *text, const char *raw)
{
	struct ev_path path;
	int r;

	CHECK(ev_path_parse(&path, ev_slice_of(text), NULL) == 0);
	r = ev_doc_push(doc, &path, ev_slice_of(raw), &err);
	ev_path_clear(&path);
	return r;
}

static const char *
printed(const struct ev_doc *doc)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	ev_doc_print(doc, &out);
	return ev_buf_str(&out);
}

static void
test_set(void)
{
	struct ev_doc *doc = ev_doc_new();

	CHECK(ev_doc_empty(doc));
	CHECK_STR(printed(doc), "{}");
	CHECK(set(doc, "n", "9007199254740993") == 0);
	CHECK(set(doc, "data.x", "1.10") == 0);
	CHECK(set(doc, "data.deep.y", "\"\\u00e9\\u0000\"") == 0);
	CHECK(set(doc, "N", "1e400") == 0);
	CHECK_STR(printed(doc),
	    "{\"n\":9007199254740993,\"data\":{\"x\":1.10,"
	    "\"deep\":{\"y\":\"\\u00e9\\u0000\"}},"
	    "\"N\":1e400}");
	CHECK(set(doc, "data.x", "{ \"a\":[1 ] }") == 0);
	CHECK(set(doc, "n", "null") == 0);
	CHECK(set(doc, "data.deep", "true") == 0);
	CHECK_STR(printed(doc),
	    "{\"n\":null,\"data\":{\"x\":{ \"a\":[1 ] },\"deep\":true},"
	    "\"N\":1e400}");
	CHECK(!ev_doc_empty(doc));
	CHECK(ev_doc_has(doc, "n") && !ev_doc_has(doc, "x"));
	ev_doc_free(doc);
	ev_doc_free(NULL);
}

static void
test_refused(void)
{
	static const char zero[] = "a\0b";
	char key[4];
	struct ev_step step = { key, 3 };
	struct ev_path path = { &step, 1 };
	struct ev_doc *doc = ev_doc_new();

	memcpy(key, zero, sizeof(key));
	CHECK(ev_doc_set(doc, &path, EV_SLICE("1"), &err) == -1);
	CHECK_STR(err.text, "a key that is not text");
	memcpy(key, "\xed\xa0\x80", sizeof(key));
	CHECK(ev_doc_set(doc, &path, EV_SLICE("1"), NULL) == -1);
	path.count = 0;
	CHECK(ev_doc_push(doc, &path, EV_SLICE("1"), NULL) == -1);
	CHECK(set(doc, "a[].b", "1") == -1);
	CHECK(set(doc, "a[]", "1") == -1);
	CHECK_STR(printed(doc), "{}");
	CHECK(set(doc, "a", "1") == 0);
	CHECK(set(doc, "a.b", "1") == -1);
	CHECK_STR(err.text, "'a' is not an object");
	CHECK(push(doc, "a", "1") == -1);
	CHECK_STR(err.text, "'a' is not an array");
	CHECK(push(doc, "l", "1") == 0);
	CHECK(set(doc, "l.b", "1") == -1);
	CHECK(push(doc, "o.l", "1") == 0);
	CHECK(push(doc, "o", "1") == -1);
	CHECK(set(doc, "r", "{\"k\":1,\"\\u006b\":2}") == 0);
	CHECK(set(doc, "r.x", "1") == -1);
	CHECK_STR(err.text, "duplicate key \"k\"");
	CHECK(set(doc, "r", "{\"\\u0000\":1}") == 0);
	CHECK(set(doc, "r.x", "1") == -1);
	CHECK_STR(printed(doc),
	    "{\"a\":1,\"l\":[1],\"o\":{\"l\":[1]},"
	    "\"r\":{\"\\u0000\":1}}");
	ev_doc_free(doc);
}

static void
test_push(void)
{
	struct ev_doc *doc = ev_doc_new();

	CHECK(push(doc, "a", "1.0") == 0);
	CHECK(push(doc, "a", "{\"x\": 2}") == 0);
	CHECK(push(doc, "b.c", "\"\"") == 0);
	CHECK(set(doc, "raw", "[1, [2 ],{}]") == 0);
	CHECK(push(doc, "raw", "3") == 0);
	CHECK(set(doc, "e", "[]") == 0);
	CHECK(push(doc, "e", "0") == 0);
	CHECK(set(doc, "o", "{\"p\": {\"q\" :1e0}, \"r\\n\\u007f\": 5 }") == 0);
	CHECK(set(doc, "o.p.s", "6") == 0);
	CHECK(set(doc, "o.p.q", "7") == 0);
	CHECK_STR(printed(doc),
	    "{\"a\":[1.0,{\"x\": 2}],\"b\":{\"c\":[\"\"]},"
	    "\"raw\":[1,[2 ],{},3],\"e\":[0],"
	    "\"o\":{\"p\":{\"q\":7,\"s\":6},\"r\\n\\u007f\":5}}");
	ev_doc_free(doc);
}

static void
test_text(void)
{
	struct ev_doc *doc = ev_doc_new(), *sub = ev_doc_new();
	struct ev_buf out = EV_BUF_INIT;

	ev_doc_put_text(sub, "t", EV_SLICE("a\"\x01\xe2\x80\xae"));
	ev_doc_put(sub, "k", EV_SLICE("\"\xe2\x80\xa8\""));
	CHECK(set(sub, "\"\t\x1b\x7f\xc2\x85\xe2\x80\xae\xc3\xa9", "1") == 0);
	ev_doc_put(doc, "s", EV_SLICE("1"));
	ev_doc_put(doc, "z", EV_SLICE("1"));
	ev_doc_put_doc(doc, "s", sub);
	ev_buf_adds(&out, "\xe2\x80\xae>");
	ev_doc_print(doc, &out);
	CHECK_STR(ev_buf_str(&out),
	    "\xe2\x80\xae>{\"s\":{\"t\":\"a\\\"\\u0001\\u202e\","
	    "\"k\":\"\\u2028\",\"\\\"\\t\\u001b\\u007f\\u0085\\u202e\xc3\xa9\""
	    ":1},\"z\":1}");
	ev_buf_clear(&out);
	ev_doc_free(doc);
}

int
main(void)
{
	test_set();
	test_refused();
	test_push();
	test_text();
	return test_end();
}
