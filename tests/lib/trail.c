/* A log in segments is read as its bytes in one file are, however it is read;
 * of one that lacks a segment all the rest is. */
#include "input/trail.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "input/back.h"
#include "input/pass.h"
#include "inputs.h"
#include "scratch.h"
#include "store/segment.h"
#include "tail/position.h"
#include "test.h"

#define SIZE (1u << 20) /* more than 128 blocks of 4 KiB: threads */
#define PARTS 7

static struct ev_model *model;
static struct ev_buf text = EV_BUF_INIT;
static uint64_t cut[PARTS + 1]; /* where the files begin, and the end */
static struct ev_source plain, log_;

static void
put(const char *name, const char *p, size_t n)
{
	FILE *f = fopen(scratch(name), "w");

	if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static void
put_parts(void)
{
	char *name;
	int i;

	for (i = 0; i < PARTS; i++) {
		name = i + 1 < PARTS ?
		    ev_segment_name(".events.jsonl", cut[i], cut[i + 1]) :
		    ev_strdup(".events.jsonl");
		put(name, text.p + cut[i], cut[i + 1] - cut[i]);
		free(name);
	}
}

static void
open_both(void)
{
	char path[300];
	struct ev_err err;

	snprintf(path, sizeof(path), "%s", scratch(".events.jsonl"));
	put("whole", text.p, text.n);
	if (ev_source_open(&plain, scratch("whole"), &err) < 0 ||
	    ev_source_open_log(&log_, path, path, &err) < 0)
		abort();
	plain.store = true;
}

static void
close_both(void)
{
	ev_source_close(&plain);
	ev_source_close(&log_);
}

static void
test_bytes(uint32_t *state)
{
	static char one[100000], two[100000];
	struct ev_err err;
	ssize_t got, want;
	uint64_t at;
	size_t n;
	int i;

	CHECK_INT(log_.size, plain.size);
	for (i = 0; i < 3000; i++) {
		/* more often near a border */
		at = i % 2 == 0 ? draw(state, (uint32_t)text.n + 10) :
				  cut[draw(state, PARTS + 1)];
		at += draw(state, 4);
		at -= at > 2 ? 2 : 0;
		n = draw(state, i % 3 == 0 ? sizeof(one) : 5);
		want = ev_source_at(&plain, one, n, at, &err);
		got = ev_source_at(&log_, two, n, at, &err);
		if (got != want || memcmp(one, two, (size_t)want) != 0)
			break;
	}
	CHECK_INT(i, 3000);
}

static int
note(struct ev_buf *out, struct ev_event *ev, uint64_t offset)
{
	ev_buf_addf(out, "%" PRIu64 " ", offset);
	ev_buf_addslice(out, ev->line);
	ev_buf_addc(out, '\n');
	return 0;
}

static int
back_event(void *arg, struct ev_event *ev, uint64_t offset)
{
	return note(arg, ev, offset);
}

static void *
start(void *arg)
{
	struct ev_buf *buf = ev_calloc(1, sizeof(*buf));

	(void)arg;
	return buf;
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	note(state, ev, offset);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct ev_buf *part = state;

	(void)err;
	ev_buf_add(arg, part->p, part->n);
	ev_buf_reset(part);
	return 0;
}

static void
finish(void *arg, void *state)
{
	(void)arg;
	ev_buf_clear(state);
	free(state);
}

/* All events of a source: forward with so many threads; 0: backward. */
static struct ev_buf
events(struct ev_source *source, unsigned threads, struct ev_tally *tally)
{
	struct ev_buf out = EV_BUF_INIT;
	struct ev_pass pass = { .model = model,
		.threads = threads,
		.block = 4096,
		.arg = &out,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };
	struct ev_err err;

	CHECK_INT(threads > 0 ? ev_pass_run(&pass, source, 0, tally, &err) :
				ev_back_run(source, model, 0, false, back_event,
				    &out, tally, &err),
	    0);
	return out;
}

static bool
same(const struct ev_buf *one, const struct ev_buf *two)
{
	return one->n == two->n && memcmp(one->p, two->p, one->n) == 0;
}

static void
test_events(void)
{
	struct ev_tally want, got;
	struct ev_buf one, two;
	unsigned threads;

	for (threads = 0; threads < 4; threads++) {
		one = events(&plain, threads, &want);
		two = events(&log_, threads, &got);
		CHECK(one.n > SIZE / 4 && same(&one, &two));
		CHECK_INT(got.lines, want.lines);
		CHECK_INT(got.bytes, want.bytes);
		CHECK_INT(got.first, want.first);
		CHECK_INT(got.at, want.at);
		CHECK_INT(ev_tally_damaged(&got), ev_tally_damaged(&want));
		ev_buf_clear(&one);
		ev_buf_clear(&two);
	}
}

/* A place taken in one is found in the other. */
static void
test_positions(uint32_t *state)
{
	struct ev_event *ev = ev_event_new(model);
	struct ev_position one, two;
	uint64_t at, found;
	const char *lf;
	int i, bad = 0;

	for (i = 0; i < 200; i++) {
		at = i <= PARTS ? cut[i] : draw(state, (uint32_t)text.n);
		lf = at == 0 ? NULL : memrchr(text.p, '\n', at);
		at = lf == NULL ? 0 : (uint64_t)(lf + 1 - text.p);
		if (ev_position_take(&one, &plain.trail->chain, at, ev) < 0 ||
		    ev_position_take(&two, &log_.trail->chain, at, ev) < 0)
			abort();
		bad += one.crc != two.crc || one.tail_n != two.tail_n ||
		    strcmp(one.id, two.id) != 0;
		bad += ev_position_find(&one, &log_.trail->chain, log_.size, ev,
			   &found) != 1 ||
		    found != at;
	}
	CHECK_INT(bad, 0);
	ev_event_free(ev);
}

/* The plain file has blanks and LFs where the log has nothing. */
static void
test_gap(int first, int last, uint64_t keep)
{
	char *name =
	    ev_segment_name(".events.jsonl", cut[first], cut[first + 1]);
	uint64_t from = cut[first] + keep, at;
	struct ev_tally want, got;
	struct ev_buf one, two;
	unsigned threads;
	int i;

	put_parts();
	if (truncate(scratch(name), (off_t)keep) < 0)
		abort();
	free(name);
	for (i = first; i <= last; i++) {
		name = ev_segment_name(".events.jsonl", cut[i], cut[i + 1]);
		if (i > first || keep == 0)
			unlink(scratch(name));
		free(name);
	}
	for (at = from; at < cut[last + 1]; at++)
		text.p[at] = at == from || at + 1 == cut[last + 1] ? '\n' : ' ';
	open_both();
	for (threads = 0; threads < 3; threads++) {
		one = events(&plain, threads, &want);
		two = events(&log_, threads, &got);
		CHECK(one.n > 0 && same(&one, &two));
		CHECK_INT(ev_tally_damaged(&got), ev_tally_damaged(&want));
		CHECK(log_.trail->gap);
		ev_buf_clear(&one);
		ev_buf_clear(&two);
	}
	log_.trail->strict = true;
	CHECK_INT(ev_source_at(&log_, &(char){ 0 }, 1, from, NULL), -1);
	CHECK_INT(ev_source_at(&log_, &(char){ 0 }, 1, cut[last + 1], NULL), 1);
	close_both();
}

int
main(void)
{
	static struct ev_buf keep;
	uint32_t state = 7;
	const char *lf;
	int i;

	scratch_begin();
	model = ev_model_new(NULL);
	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	add_odd(&text, SIZE, 9000, &state);
	ev_buf_adds(&text, "{\"unfinished\":1}");
	for (i = 1; i < PARTS; i++) {
		lf = memchr(text.p + SIZE / PARTS * (size_t)i, '\n', SIZE);
		cut[i] = (uint64_t)(lf + 1 - text.p);
	}
	cut[PARTS] = text.n;
	put_parts();
	open_both();
	test_bytes(&state);
	test_events();
	test_positions(&state);
	close_both();
	ev_buf_add(&keep, text.p, text.n);
	test_gap(2, 2, 0);
	memcpy(text.p, keep.p, keep.n);
	test_gap(0, 1, 0);
	memcpy(text.p, keep.p, keep.n);
	test_gap(3, 3, 5000);
	memcpy(text.p, keep.p, keep.n);
	test_gap(1, PARTS - 3, 1234);
	ev_buf_clear(&keep);
	ev_buf_clear(&text);
	ev_model_free(model);
	scratch_end();
	return test_end();
}
