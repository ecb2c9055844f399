/*
 * lib/parse with inputs that are cut off anywhere: STEP FILE… cuts each file at
 * every STEP-th byte; without arguments a few of our own at each.
 */
#include "test.h"

#include "base/file.h"
#include "parse_input.h"

static const char *const own[] = {
	"error[E0308]: a\n --> a.rs:1:2\n  |\n1 | x\n\n",
	"TypeError: a\n    at f (/r/a.js:1:2)\n\n\nNode.js v20\n",
	"Traceback (most recent call last):\n  File \"a\", line 1, in f\n"
	"    x\nValueError: b\n\nDuring handling of the above exception, x\n\n"
	"Traceback (most recent call last):\n  File \"b\", line 2\nKeyError\n",
	"not ok 1 - a\n  ---\n  error: |-\n    b\n  stack: |-\n    f (a:1:2)\n"
	"  ...\n",
	"[\n {\"filePath\":\"a\",\"messages\":[{\"message\":\"\\u0000\\ud800\"}]}]\n",
	"<?xml version='1.0'?><testsuite><testcase name='a'><failure>b</failure>"
	"</testcase></testsuite>",
	"::error file=a%2C,line=1,::%0A%\n\x1b[1;\x1b]8;;\x07\xe2\x82\r\n\xff",
};

static struct ev_buf out = EV_BUF_INIT;

static void
cut_at(struct ev_slice text, size_t n)
{
	static const struct ev_parse_given given = { .format = "auto",
		.root = "/r" };
	struct ev_err err;

	ev_buf_reset(&out);
	text.n = n;
	input_parse(&given, text, 0, &out, &err);
	/* whatever was said ends with its line */
	CHECK(out.n == 0 || out.p[out.n - 1] == '\n');
}

/* The same events, in whatever pieces the input comes. */
static void
pieces(struct ev_slice text)
{
	static const struct ev_parse_given given = { .format = "auto" };
	static const size_t size[] = { 1, 2, 7, 64 };
	struct ev_buf whole = EV_BUF_INIT;
	struct ev_err err;
	size_t i;

	CHECK_INT(input_parse(&given, text, 0, &whole, &err), 0);
	for (i = 0; i < sizeof(size) / sizeof(size[0]); i++) {
		ev_buf_reset(&out);
		CHECK_INT(input_parse(&given, text, size[i], &out, &err), 0);
		CHECK(ev_slice_eq(ev_buf_slice(&whole), ev_buf_slice(&out)));
	}
	ev_buf_clear(&whole);
}

int
main(int argc, char **argv)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t n, step = argc > 2 ? (size_t)atol(argv[1]) : 1;
	int i;

	for (i = 2; i < argc; i++) {
		ev_buf_reset(&text);
		CHECK_INT(ev_read_file(argv[i], &text, 1 << 30, NULL), 0);
		for (n = 0; n < text.n; n += step)
			cut_at(ev_buf_slice(&text), n);
		pieces(ev_buf_slice(&text));
	}
	for (i = 0; i < (int)(sizeof(own) / sizeof(own[0])) && argc < 2; i++) {
		for (n = 0; n <= strlen(own[i]); n++)
			cut_at(ev_slice_of(own[i]), n);
		pieces(ev_slice_of(own[i]));
	}
	ev_buf_clear(&text);
	ev_buf_clear(&out);
	return test_end();
}
