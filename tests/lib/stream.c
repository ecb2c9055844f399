#include "json/stream.h"

#include "json/scan.h"
#include "test.h"

/* Takes out what is ready: "LINE:object|" or "LINE!why|". */
static void
drain(struct ev_stream *s, struct ev_buf *log)
{
	struct ev_buf out = EV_BUF_INIT;
	struct ev_err err;
	size_t line = 0;
	int r;

	while ((r = ev_stream_next(s, &out, &line, &err)) != 0) {
		ev_buf_addf(log, "%zu%c", line, r > 0 ? ':' : '!');
		if (r > 0) {
			CHECK(out.p[out.n] == '\0');
			CHECK(out.cap - out.n >= EV_SCAN_PAD);
			ev_buf_addslice(log, ev_buf_slice(&out));
		} else {
			ev_buf_adds(log, err.text);
		}
		ev_buf_addc(log, '|');
	}
	ev_buf_clear(&out);
}

/* All of an input that is fed in pieces of `piece` bytes. */
static void
run(struct ev_slice in, size_t piece, size_t max, struct ev_buf *log)
{
	struct ev_stream *s = ev_stream_new(max);
	size_t at, n, line = 0;
	struct ev_err err;

	ev_buf_reset(log);
	for (at = 0; at < in.n; at += n) {
		n = in.n - at < piece ? in.n - at : piece;
		ev_stream_feed(s, in.p + at, n);
		drain(s, log);
	}
	if (ev_stream_end(s, &line, &err) < 0)
		ev_buf_addf(log, "%zu$%s", line, err.text);
	ev_stream_free(s);
}

static void
expect(const char *in, const char *want, size_t max)
{
	struct ev_buf log = EV_BUF_INIT;
	size_t piece;

	for (piece = 1; piece <= 7; piece++) {
		run(ev_slice_of(in), piece, max, &log);
		CHECK_STR(ev_buf_str(&log), want);
	}
	run(ev_slice_of(in), strlen(in) + 1, max, &log);
	CHECK_STR(ev_buf_str(&log), want);
	ev_buf_clear(&log);
}

static void
test_objects(void)
{
	expect("", "", 99);
	expect(" \n\r\n\t", "", 99);
	expect("{}", "1:{}|", 99);
	expect("{\"a\":1}{\"b\":2}", "1:{\"a\":1}|1:{\"b\":2}|", 99);
	expect("\n{\n \"a\" : [ 1,\r\n\t2 ]\n}\n\n{ }", "2:{\"a\":[1,2]}|7:{}|",
	    99);
	expect("{\"}\" : \"{[ \\\" \\\\\", \"b\\\\\\\"\" : \" \xc2\xa0 \"}",
	    "1:{\"}\":\"{[ \\\" \\\\\",\"b\\\\\\\"\":\" \xc2\xa0 \"}|", 99);
	expect("\x1e{\"a\":1}\n\x1e\x1e {\"b\":\"\\u001e\"}\n",
	    "1:{\"a\":1}|2:{\"b\":\"\\u001e\"}|", 99);
	expect("\xef\xbb\xbf{}\n", "1:{}|", 99);
	/* white space never joins what was apart */
	expect("{\"a\":1 2,\"b\":tr ue,\"c\":-\n1 , \"d\" : 3 \"e\"}",
	    "1:{\"a\":1 2,\"b\":tr ue,\"c\":- 1,\"d\":3\"e\"}|", 99);
}

static void
test_wrong(void)
{
	expect("{\"a\":1", "1$an unfinished object", 99);
	expect("{}\n\n {\"a\":\"", "1:{}|3$an unfinished object", 99);
	expect("{}\n\xef\xbb\xbf", "1:{}|2!not a JSON object|", 99);
	expect("\xef\xbb", "1$not a JSON object", 99);
	expect("x\n{\"a\":1}\n", "1!not a JSON object|2:{\"a\":1}|", 99);
	expect("{} x {} {}\n {}\n{\"b\":2}",
	    "1:{}|1!not a JSON object|3:{\"b\":2}|", 99);
	expect("[\n{\"a\":1},\n{\"b\":2}\n]\n",
	    "1!not a JSON object|2:{\"a\":1}|2!not a JSON object|"
	    "3:{\"b\":2}|4!not a JSON object|",
	    99);
	/* torn inside a string, and before an RS */
	expect(
	    "{\"a\":\"b\n{\"c\":1}", "1!an unfinished object|2:{\"c\":1}|", 99);
	expect("{\"a\":\"b\\\n{\"c\":\"d\"}",
	    "1!an unfinished object|2:{\"c\":\"d\"}|", 99);
	expect("\x1e{\"a\":[\x1e{\"c\":1}\n",
	    "1!an unfinished object|1:{\"c\":1}|", 99);
	expect("\x1e{\"a\":\"x\x1e{\"c\":1}\n",
	    "1!an unfinished object|1:{\"c\":1}|", 99);
	expect("{]{\"b\":1}", "1:{]|1:{\"b\":1}|", 99);
}

static void
test_long(void)
{
	struct ev_buf log = EV_BUF_INIT;
	struct ev_slice nul = { "{\"a\":\"\0\"}\n\0\n{}", 14 };

	expect("{\"a\":12345}\n{\"b\":1}", "1!too long|2:{\"b\":1}|", 10);
	expect("{\"a\":1234}\n{\"b\":1}", "1:{\"a\":1234}|2:{\"b\":1}|", 10);
	expect("{ \"a\" :\n\n 1 }", "1:{\"a\":1}|", 7);
	expect("{\"a\":{\n\"b\":\n1234567890},\n\"c\":2}\n\n{}",
	    "1!too long|6:{}|", 12);
	run(nul, 3, 99, &log);
	CHECK(ev_slice_eq(ev_buf_slice(&log),
	    EV_SLICE("1:{\"a\":\"\0\"}|2!not a JSON object|3:{}|")));
	run(EV_SLICE("{}"), 1, (size_t)-1, &log);
	CHECK_STR(ev_buf_str(&log), "1:{}|");
	ev_buf_clear(&log);
}

static void
test_compact(void)
{
	static const char *const row[][2] = {
		{ "", "" },
		{ " 1 ", "1" },
		{ "\"a b\"", "\"a b\"" },
		{ "[ 1 , { \"a \" : [ ] } ] ", "[1,{\"a \":[]}]" },
		{ "[1,2] ", "[1,2]" },
		{ "1 2", "1 2" },
		{ "\"a\nb  c\" ]  ]", "\"a\nb  c\"]]" },
	};
	struct ev_buf out = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		ev_buf_reset(&out);
		ev_buf_addc(&out, 'x');
		ev_compact(&out, ev_slice_of(row[i][0]));
		CHECK_STR(ev_buf_str(&out) + 1, row[i][1]);
	}
	ev_buf_clear(&out);
}

int
main(void)
{
	test_objects();
	test_wrong();
	test_long();
	test_compact();
	return test_end();
}
