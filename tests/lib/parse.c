/*
 * lib/parse as a whole.  With arguments, FORMAT FILE [ROOT [DIR]]: the events
 * of a file, for tests/parse.bats.
 */
#include "test.h"

#include <time.h>

#include "base/file.h"
#include "parse/clean.h"
#include "parse/format.h"
#include "parse/needle.h"
#include "parse/where.h"
#include "parse_input.h"

static struct ev_buf out = EV_BUF_INIT;
static struct ev_err err;

static int
run(int argc, char **argv)
{
	struct ev_parse_given given = { .format = argv[1] };
	struct ev_buf text = EV_BUF_INIT;
	int r;

	given.root = argc > 3 ? argv[3] : NULL;
	given.dir = argc > 4 ? argv[4] : NULL;
	if (ev_read_file(argv[2], &text, (size_t)1 << 31, &err) == -1) {
		fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	r = input_parse(&given, ev_buf_slice(&text), 65536, &out, &err);
	fwrite(ev_buf_str(&out), 1, out.n, stdout);
	if (r == -1)
		fprintf(stderr, "%s\n", err.text);
	ev_buf_clear(&text);
	ev_buf_clear(&out);
	return r == -1;
}

/* Keeps the first finding of a run as what the checks want of it. */
static void
check_trace(void *arg, const struct ev_finding *finding)
{
	int *count = arg;

	++*count;
	CHECK_STR(finding->tool, "node");
	CHECK_STR(finding->type, "RuntimeCrash");
	CHECK_INT(finding->severity, 3);
	CHECK(ev_slice_is(finding->message, "MyError: hi"));
	CHECK(ev_slice_is(finding->code, "MyError"));
	/* the user's frames first, the innermost of them is the place */
	CHECK(ev_slice_is(finding->file, "src/a.js"));
	CHECK_INT(finding->line, 3);
	CHECK_INT(finding->column, 4);
	CHECK_INT(finding->frames, 3);
	CHECK(finding->frame[0].user && finding->frame[1].user);
	CHECK(ev_slice_is(finding->frame[0].function, "f"));
	CHECK_INT(finding->frame[1].line, 9);
	CHECK(!finding->frame[2].user);
	CHECK(ev_slice_is(finding->frame[2].file, "node:fs"));
	CHECK_INT(finding->raw, 4);
}

static void
test_trace(void)
{
	static const char text[] = "MyError: hi\n"
				   "    at x (node:fs:1:1)\n"
				   "    at f (/r/src/a.js:3:4)\n"
				   "    at async /r/src/b.js:9:1\n";
	int count = 0;
	struct ev_parse_given given = { "auto", "/r", NULL, check_trace,
		&count };
	struct ev_parse *parse = ev_parse_new(&given, &err);

	CHECK_INT(ev_parse_feed(parse, text, strlen(text), &err), 0);
	/* it may go on */
	CHECK_INT(count, 0);
	CHECK_INT(ev_parse_end(parse, &err), 0);
	CHECK_INT(count, 1);
	ev_parse_free(parse);
}

static void
count_one(void *arg, const struct ev_finding *finding)
{
	(void)finding;
	++*(int *)arg;
}

/* What is whole goes out, before anything behind it was seen. */
static void
test_soon(void)
{
	int count = 0;
	struct ev_parse_given given = { "gcc", NULL, NULL, count_one, &count };
	struct ev_parse *parse = ev_parse_new(&given, &err);

	CHECK_INT(ev_parse_feed(parse, "a.c:1:1: error: x\n", 18, &err), 0);
	CHECK_INT(count, 1);
	ev_parse_free(parse);
	given.format = "nothing";
	CHECK(ev_parse_new(&given, &err) == NULL);
	CHECK_STR(err.text, "no such format 'nothing'");
}

/* Each format can be read; the command's help lists them by number. */
static void
test_formats(void)
{
	struct ev_parse_given given = { .found = count_one };
	struct ev_parse *parse;
	size_t i;

	for (i = 0; ev_format_name(i) != NULL; i++) {
		given.format = ev_format_name(i);
		parse = ev_parse_new(&given, &err);
		CHECK(parse != NULL);
		ev_parse_free(parse);
	}
	CHECK_INT(i, 17);
	CHECK_STR(ev_format_name(0), "auto");
}

static const char *
file(const char *root, const char *dir, const char *name)
{
	struct ev_where *where = ev_where_new(root, dir);

	ev_buf_reset(&out);
	ev_where_file(where, &out, ev_slice_of(name));
	ev_where_free(where);
	return ev_buf_str(&out);
}

static void
test_where(void)
{
	CHECK_STR(file("/r", NULL, "/r/a.c"), "a.c");
	CHECK_STR(file("/r", NULL, "/r"), "/r");
	CHECK_STR(file("/r", NULL, "/rest/a.c"), "/rest/a.c");
	CHECK_STR(file("/r/", "/r/b/", "a.c"), "b/a.c");
	CHECK_STR(file("/r", "/r/b", "../c/./a.c"), "c/a.c");
	CHECK_STR(file("/r", "/q", "a.c"), "/q/a.c");
	CHECK_STR(file("/r", NULL, "../../../a.c"), "/a.c");
	CHECK_STR(file(NULL, NULL, "./a.c"), "a.c");
	CHECK_STR(file(NULL, NULL, "/x/../a.c"), "/a.c");
	CHECK_STR(file("/r", NULL, "file:///r/a%20b.c"), "a b.c");
	CHECK_STR(file("/r", NULL, "file:///r/%00%zz%2"), "%00%zz%2");
	CHECK_STR(file("/r", NULL, "C:\\r\\a.c"), "C:\\r\\a.c");
	CHECK_STR(file("/r", NULL, "node:fs"), "node:fs");
	CHECK_STR(file("/r", NULL, "<stdin>"), "<stdin>");
	CHECK_STR(file("/r", NULL, ""), "");
}

static const char *
clean(const char *text, size_t n)
{
	static struct ev_buf keep = EV_BUF_INIT;
	struct ev_slice got = ev_clean_line(&out, (struct ev_slice){ text, n });

	ev_buf_reset(&keep);
	ev_buf_addslice(&keep, got);
	return ev_buf_str(&keep);
}

#define CLEAN(text) clean(text, sizeof(text) - 1)

static void
test_clean(void)
{
	CHECK_STR(CLEAN(""), "");
	CHECK_STR(CLEAN("a\r\r"), "a");
	CHECK_STR(CLEAN("50%\r100%\rdone\r"), "done");
	CHECK_STR(CLEAN("\x1b[1;31ma\x1b[0m\x1b[K"), "a");
	CHECK_STR(CLEAN("\x1b]8;;http://x\x1b\\a\x1b]8;;\ab"), "ab");
	CHECK_STR(CLEAN("away\x1b[1Gnow\x1b[77Gend"), "nowend");
	CHECK_STR(CLEAN("a\0b\xff"),
	    "a\xef\xbf\xbd"
	    "b\xef\xbf\xbd");
	CHECK_STR(
	    CLEAN("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	CHECK_STR(CLEAN("a\x1b"), "a");
	CHECK_STR(CLEAN("a\x1b["), "a");
}

static void
test_needles(void)
{
	struct ev_needles *needles = ev_needles_new();
	struct ev_needles_found found;
	int abc = ev_needles_add(needles, "abc");
	int abd = ev_needles_add(needles, "abd");
	int bc = ev_needles_add(needles, "bc");

	CHECK_INT(ev_needles_add(needles, "abc"), abc);
	ev_needles_find(needles, EV_SLICE("xababc"), &found);
	CHECK(ev_needles_has(&found, abc));
	CHECK(!ev_needles_has(&found, abd));
	CHECK(ev_needles_has(&found, bc));
	ev_needles_find(needles, EV_SLICE("ab"), &found);
	CHECK(!ev_needles_has(&found, abc) && !ev_needles_has(&found, bc));
	ev_needles_free(needles);
}

static void
write_timed(void *arg, const struct ev_finding *finding)
{
	struct timespec now = { 1709856000, 5000000 };

	ev_finding_write(arg, finding, &now, 2);
}

static void
test_write(void)
{
	struct ev_parse_given given = { "gcc", NULL, NULL, write_timed, &out };
	struct ev_parse *parse = ev_parse_new(&given, &err);
	static const char text[] = "a.c:7:2: warning: \"x\" [-Wy]\n";

	ev_buf_reset(&out);
	ev_parse_feed(parse, text, strlen(text), &err);
	ev_parse_end(parse, &err);
	ev_parse_free(parse);
	/* printf '%s' 'LintWarning:"x" [-Wy]:a.c:7' | sha256sum */
	CHECK_STR(ev_buf_str(&out),
	    "{\"id\":\"evt_1709856000005_7d9db9c7_2\","
	    "\"fingerprint\":\"fp_7d9db9c74f694632\",\"type\":\"LintWarning\","
	    "\"severity\":1,\"source\":\"gcc\",\"file\":\"a.c\",\"line\":7,"
	    "\"message\":\"\\\"x\\\" [-Wy]\",\"metadata\":{\"code\":\"-Wy\","
	    "\"column\":2,\"rawLines\":1},\"timestamp\":1709856000005,"
	    "\"resolved\":false}\n");
}

int
main(int argc, char **argv)
{
	if (argc > 2)
		return run(argc, argv);
	test_trace();
	test_soon();
	test_formats();
	test_where();
	test_clean();
	test_needles();
	test_write();
	ev_buf_clear(&out);
	return test_end();
}
