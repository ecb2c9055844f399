/* The pass gives what reading line by line gives, however bytes are cut. */
#include <inttypes.h>
#include <pthread.h>

#include "test.h"

#include "input/back.h"
#include "input/pass.h"
#include "inputs.h"

static struct ev_model *model;

struct seen {
	struct ev_buf out; /* "offset line LF" of all events, in order */
	struct ev_tally tally;
	int flushes, stop_at, started, finished, r;
	struct ev_err err;
};

static void
note(struct ev_buf *out, struct ev_slice line, uint64_t offset)
{
	ev_buf_addf(out, "%" PRIu64 " ", offset);
	ev_buf_addslice(out, line);
	ev_buf_addc(out, '\n');
}

/* What holds for every kind of reading, the slow way. */
static void
naive(struct seen *seen, struct ev_slice text, bool store, size_t max_line,
    const char *literal)
{
	struct ev_event *ev = ev_event_new(model);
	size_t at = 0, n, whole;
	enum ev_scan kind;
	const char *lf;
	char *line;

	if (text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0)
		at = 3;
	for (; at < text.n; at += whole) {
		lf = memchr(text.p + at, '\n', text.n - at);
		n = lf == NULL ? text.n - at : (size_t)(lf - text.p) - at;
		whole = lf == NULL ? n : n + 1;
		if (lf == NULL && store)
			break;
		seen->tally.lines++;
		if (literal != NULL && n > 0 &&
		    memmem(text.p + at, n, literal, strlen(literal)) == NULL &&
		    memmem(text.p + at, n, "\\u", 2) == NULL)
			continue;
		if (literal != NULL && n == 0)
			continue;
		line = ev_calloc(1, n + 1 + EV_SCAN_PAD);
		memcpy(line, text.p + at, n);
		line[n] = '\n';
		kind = n > max_line ? EV_SCAN_LONG : ev_event_read(ev, line, n);
		if (lf == NULL && kind > EV_SCAN_BLANK && kind != EV_SCAN_LONG)
			kind = EV_SCAN_TORN;
		seen->tally.kind[kind]++;
		if (kind == EV_SCAN_OK)
			note(&seen->out, (struct ev_slice){ line, n }, at);
		else if (kind != EV_SCAN_BLANK && seen->tally.first == 0) {
			seen->tally.first = seen->tally.lines;
			seen->tally.why = kind;
		}
		free(line);
	}
	ev_event_free(ev);
}

struct worker {
	struct ev_buf out;
};

static void *
start(void *arg)
{
	struct seen *seen = arg;

	seen->started++;
	return ev_calloc(1, sizeof(struct worker));
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct worker *worker = state;

	note(&worker->out, ev->line, offset);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct seen *seen = arg;
	struct worker *worker = state;

	(void)err;
	ev_buf_addslice(&seen->out, ev_buf_slice(&worker->out));
	ev_buf_reset(&worker->out);
	return ++seen->flushes == seen->stop_at ? 1 : 0;
}

static void
finish(void *arg, void *state)
{
	struct seen *seen = arg;
	struct worker *worker = state;

	seen->finished++;
	ev_buf_clear(&worker->out);
	free(worker);
}

static void
run(struct seen *seen, struct ev_pass pass, struct ev_source *source)
{
	pass.model = model;
	pass.arg = seen;
	pass.start = start;
	pass.event = event;
	pass.flush = flush;
	pass.finish = finish;
	seen->r = ev_pass_run(&pass, source, 0, &seen->tally, &seen->err);
	CHECK_INT(seen->started, seen->finished);
}

static void
same(struct seen *got, const struct seen *want)
{
	int kind;

	CHECK_INT(got->r, 0);
	CHECK_INT(got->out.n, want->out.n);
	CHECK(ev_slice_eq(ev_buf_slice(&got->out), ev_buf_slice(&want->out)));
	CHECK_INT(got->tally.lines, want->tally.lines);
	CHECK_INT(got->tally.first, want->tally.first);
	CHECK_INT(got->tally.why, want->tally.why);
	for (kind = 0; kind < EV_SCAN_KINDS; kind++)
		CHECK_INT(got->tally.kind[kind], want->tally.kind[kind]);
	ev_buf_clear(&got->out);
}

static int
back_event(void *arg, struct ev_event *ev, uint64_t offset)
{
	struct seen *seen = arg;
	struct ev_buf one = EV_BUF_INIT;

	note(&one, ev->line, offset);
	ev_buf_insert(&seen->out, 0, one.p, one.n);
	ev_buf_clear(&one);
	return 0;
}

/* One text, read in all ways. */
static void
all_ways(struct ev_slice text, size_t max_line, const char *literal, bool back)
{
	static const size_t blocks[] = { 1, 2, 8, 16, 64, 1024, 8192, 0 };
	size_t i, limit = max_line > 0 ? max_line : SIZE_MAX;
	struct ev_source source;
	unsigned threads;
	int store;

	for (store = 0; store < 2; store++) {
		struct seen want = { .r = 0 };

		naive(&want, text, store, limit, literal);
		for (i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
			struct ev_pass pass = { .max_line = max_line,
				.literal = literal,
				.block = blocks[i] };

			if (blocks[i] > 0 && text.n / blocks[i] > 2000)
				continue;
			source_of(&source, text.p, text.n, store);
			for (threads = 1; threads <= 3; threads++) {
				struct seen got = { .r = 0 };

				pass.threads = threads;
				run(&got, pass, &source);
				same(&got, &want);
			}
			ev_source_close(&source);
			if (store == 0 && text.n <= 65536) {
				struct seen got = { .r = 0 };

				pipe_of(&source, text.p, text.n);
				run(&got, pass, &source);
				same(&got, &want);
				ev_source_close(&source);
			}
		}
		if (back) {
			struct seen got = { .r = 0 };

			source_of(&source, text.p, text.n, store);
			got.r = ev_back_run(&source, model, max_line, false,
			    back_event, &got, &got.tally, NULL);
			want.tally.bytes = got.tally.bytes;
			same(&got, &want);
			ev_source_close(&source);
		}
		ev_buf_clear(&want.out);
	}
}

static void
texts(void)
{
	static const struct ev_slice small[] = {
		EV_SLICE_INIT(""),
		EV_SLICE_INIT("\n"),
		EV_SLICE_INIT("\n\n"),
		EV_SLICE_INIT("{}"),
		EV_SLICE_INIT("{}\n"),
		EV_SLICE_INIT("{\"a\":"),
		EV_SLICE_INIT("{}\n{\"a\":"),
		EV_SLICE_INIT("{}\n  "),
		EV_SLICE_INIT("\xef\xbb\xbf"),
		EV_SLICE_INIT("\xef\xbb\xbf\n"),
		EV_SLICE_INIT("\xef\xbb\xbf{}\n{}\n"),
		EV_SLICE_INIT("\xef\xbb\xbf{}"),
		EV_SLICE_INIT("\xef\xbb"),
		EV_SLICE_INIT("\r\n{}\r\n\0\n"),
	};
	size_t i;

	for (i = 0; i < sizeof(small) / sizeof(*small); i++)
		all_ways(small[i], 0, NULL, true);
}

static void
odd(void)
{
	struct ev_buf text = EV_BUF_INIT;
	uint32_t state = 7;
	int round;

	for (round = 0; round < 6; round++) {
		ev_buf_reset(&text);
		if (round % 3 == 0)
			ev_buf_adds(&text, "\xef\xbb\xbf");
		add_odd(&text, 1500, 300, &state);
		if (round % 2 == 0)
			text.n -= draw(&state, 20);
		all_ways(ev_buf_slice(&text), 0, NULL, true);
		all_ways(ev_buf_slice(&text), 0, "needle", false);
		all_ways(ev_buf_slice(&text), 0, "n", false);
		all_ways(ev_buf_slice(&text), 40, NULL, true);
	}
	ev_buf_clear(&text);
}

static void
long_lines(void)
{
	struct ev_buf text = EV_BUF_INIT;
	uint32_t state = 3;
	int round;

	for (round = 0; round < 2; round++) {
		ev_buf_reset(&text);
		add_odd(&text, 400000, 150000, &state);
		text.n -= 1 + draw(&state, 9);
		all_ways(ev_buf_slice(&text), 0, NULL, round == 0);
		all_ways(ev_buf_slice(&text), 70000, NULL, round == 0);
	}
	ev_buf_clear(&text);
}

static void
endings(void)
{
	struct ev_buf text = EV_BUF_INIT;
	unsigned threads;

	/* enough blank lines for several threads */
	ev_buf_addf(&text, "{}\n{\"a\":1}\n\n[2]\n{\"b\":2}%500s", "\n");
	memset(text.p + text.n - 500, '\n', 500);

	for (threads = 1; threads <= 2; threads++) {
		struct ev_pass pass = { .block = 1, .threads = threads };
		struct seen got = { .stop_at = 2 };
		struct ev_source source;
		char want[80];

		source_of(&source, text.p, text.n, false);
		run(&got, pass, &source);
		CHECK_INT(got.r, 0);
		CHECK_INT(got.flushes, 2);
		got.stop_at = 0;
		ev_buf_reset(&got.out);
		pass.strict = true;
		run(&got, pass, &source);
		CHECK_INT(got.r, -1);
		snprintf(
		    want, sizeof(want), "%s:4: not a JSON object", source.name);
		CHECK_STR(got.err.text, want);
		CHECK_STR(ev_buf_str(&got.out), "0 {}\n3 {\"a\":1}\n");
		ev_buf_clear(&got.out);
		ev_source_close(&source);
	}
	ev_buf_clear(&text);
}

/* The first flush comes while the writer has not closed the pipe. */
static void
pipe_is_live(void)
{
	struct ev_pass pass = { .block = 0 };
	struct seen got = { .stop_at = 1 };
	struct ev_source source;
	struct ev_err err;
	char path[64];
	int fd[2];

	CHECK_INT(pipe(fd), 0);
	CHECK_INT(ev_write_all(fd[1], "{}\n{\"a\":", 8), 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", fd[0]);
	CHECK_INT(ev_source_open(&source, path, &err), 0);
	run(&got, pass, &source);
	CHECK_STR(ev_buf_str(&got.out), "0 {}\n");
	ev_buf_clear(&got.out);
	ev_source_close(&source);
	close(fd[0]);
	close(fd[1]);
}

static void
tally(void)
{
	struct ev_tally all = { .lines = 5 }, more = { .lines = 9 };
	struct ev_buf out = EV_BUF_INIT;

	all.kind[EV_SCAN_OK] = 5;
	ev_tally_say(&all, NULL, &out);
	CHECK_INT(out.n, 0);
	more.kind[EV_SCAN_TORN] = 3;
	more.kind[EV_SCAN_BLANK] = 2;
	more.first = 2;
	more.why = EV_SCAN_TORN;
	ev_tally_join(&all, &more);
	ev_tally_join(&all, &more);
	ev_tally_say(&all, NULL, &out);
	CHECK_STR(
	    ev_buf_str(&out), "6 damaged lines skipped (first: line 7: torn)");
	CHECK_INT(all.lines, 23);
	ev_buf_clear(&out);
}

int
main(void)
{
	model = ev_model_new(NULL);
	ev_model_want(model, EV_TYPE);
	ev_model_seal(model);
	texts();
	odd();
	long_lines();
	endings();
	pipe_is_live();
	tally();
	ev_model_free(model);
	return test_end();
}
