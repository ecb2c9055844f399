#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "emit/intake.h"
#include "json/scan.h"

static int pipe_fd[2];

static void
feed(const char *bytes, size_t n)
{
	CHECK(write(pipe_fd[1], bytes, n) == (ssize_t)n);
}

/* Appends "LINE:TEXT|" of all texts that are there, errors as "LINE!why|". */
static void
drain(struct ev_intake *in, struct ev_buf *out)
{
	struct ev_slice text;
	struct ev_err err;
	size_t line;
	int r;

	while ((r = ev_intake_next(in, &text, &line, &err)) != 0) {
		if (r == -1)
			ev_buf_addf(out, "%zu!%s|", line, err.text);
		else {
			CHECK(text.p[text.n] == '\n' || text.p[text.n] == '\0');
			ev_buf_addf(
			    out, "%zu:%.*s|", line, (int)text.n, text.p);
		}
	}
}

/* What comes out of pieces that are written one after the other. */
static const char *
take(const char *const *pieces, size_t max_line)
{
	static struct ev_buf out;
	struct ev_intake *in;
	struct ev_err err;

	CHECK(pipe(pipe_fd) == 0);
	in = ev_intake_new(pipe_fd[0], max_line);
	ev_buf_reset(&out);
	for (; *pieces != NULL; pieces++) {
		feed(*pieces, strlen(*pieces));
		CHECK(ev_intake_wait(in, 0, &err) == 1);
		drain(in, &out);
		if (pieces[1] != NULL)
			ev_buf_addc(&out, '/');
	}
	close(pipe_fd[1]);
	CHECK(ev_intake_wait(in, 0, &err) == 1);
	drain(in, &out);
	CHECK(ev_intake_wait(in, 0, &err) == 0);
	ev_intake_free(in);
	close(pipe_fd[0]);
	return ev_buf_str(&out);
}

#define TAKE(...) take((const char *const[]){ __VA_ARGS__, NULL }, 40)

static void
lines(void)
{
	CHECK_STR(TAKE("{\"a\":1}\n{\"b\":2}\n"), "1:{\"a\":1}|2:{\"b\":2}|");
	CHECK_STR(TAKE("{\"a\":1}\n\n {\"b\"", ":2}\r\n", "{}"),
	    "1:{\"a\":1}|2:|/3: {\"b\":2}\r|/4:{}|");
	CHECK_STR(TAKE("\n\n", "{\"a\":1}\nx\n"), "/1:|2:|3:{\"a\":1}|4:x|");
	CHECK_STR(TAKE("[1]\n{}\n"), "1:[1]|2:{}|");
	CHECK_STR(TAKE("\n \n"), "1:|2: |");
}

static void
bom_and_rs(void)
{
	CHECK_STR(TAKE("\xef\xbb\xbf{}\n{}\n"), "1:{}|2:{}|");
	CHECK_STR(TAKE("\x1e{}\n\x1e{}\n"), "1:\x1e{}|2:\x1e{}|");
	CHECK_STR(TAKE("\xef\xbb\xbf{\n}\n"), "1:{}|");
}

static void
sequences(void)
{
	CHECK_STR(TAKE("{\n \"a\" : 1\n}\n{\"b\"\n:2} {}"),
	    "1:{\"a\":1}|4:{\"b\":2}|5:{}|");
	CHECK_STR(TAKE("{\n", "\"a\":", "1}\n{}"), "//1:{\"a\":1}|3:{}|");
	CHECK_STR(TAKE("{}{}\n{}"), "1:{}|1:{}|2:{}|");
	CHECK_STR(
	    TAKE("hello\n{\"a\":1}\n"), "1!not a JSON object|2:{\"a\":1}|");
	CHECK_STR(TAKE("{\"a\":\n1"), "1!an unfinished object|");
	CHECK_STR(TAKE("{\"a\":"), "1!an unfinished object|");
}

/* A torn first line does not make a sequence of good lines. */
static void
torn(void)
{
	CHECK_STR(TAKE("{\"a\":{\"b\"\n{\"c\":1}\n{}\n"),
	    "1:{\"a\":{\"b\"|2:{\"c\":1}|3:{}|");
	CHECK_STR(TAKE("{\"a\":{\"b\"\n", "\n", "{\"c\":1}\n"),
	    "//1:{\"a\":{\"b\"|2:|3:{\"c\":1}|");
}

static void
arrays(void)
{
	static const char why[] =
	    "!a JSON array (jq -c '.[]' makes lines of it)|";
	char want[80];

	snprintf(want, sizeof(want), "2%s", why);
	CHECK_STR(TAKE("\n[\n{\"a\":1}\n]\n"), want);
	snprintf(want, sizeof(want), "/1%s", why);
	CHECK_STR(TAKE("[{\"a\":1}", ",\n{}]\n"), want);
}

static void
too_long(void)
{
	char line[201];

	memset(line, 'x', 200);
	line[200] = '\0';
	CHECK_STR(TAKE("{}\n", line, line, "\n{}\n"),
	    "1:{}|/2!longer than 40 bytes|//3:{}|");
	line[199] = '\n';
	CHECK_STR(TAKE(line, "{}\n"), "1!longer than 40 bytes|/2:{}|");
}

/* More than one piece of 1 MiB, with a line over the seam. */
static void
large(void)
{
	char name[] = "/tmp/ev-test.XXXXXX";
	size_t i, line, want = 40000, bytes = 0, bad = 0;
	int fd = mkstemp(name), r;
	struct ev_intake *in;
	struct ev_slice text;
	struct ev_err err;

	CHECK(fd != -1 && unlink(name) == 0);
	for (i = 0; i < want; i++)
		CHECK(dprintf(fd, "{\"n\":%zu,\"pad\":\"%*d\"}\n", i,
			  (int)(i % 97), 0) > 0);
	lseek(fd, 0, SEEK_SET);
	in = ev_intake_new(fd, 1000);
	for (i = 0; ev_intake_wait(in, 0, &err) == 1;)
		while ((r = ev_intake_next(in, &text, &line, &err)) != 0) {
			i++;
			bytes += text.n + 1;
			bad += r != 1 || line != i ||
			    ev_scan_line(NULL, text.p, text.n, NULL, NULL) !=
				EV_SCAN_OK;
		}
	CHECK_INT(bad, 0);
	CHECK_INT(i, want);
	CHECK_INT(bytes, lseek(fd, 0, SEEK_END));
	ev_intake_free(in);
	close(fd);
}

int
main(void)
{
	lines();
	bom_and_rs();
	sequences();
	torn();
	arrays();
	too_long();
	large();
	return test_end();
}
