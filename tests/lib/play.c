/* What is played is what sorting all lines in memory gives, however the lines
 * are spread over sources and whatever of them is in order already. */
#include "test.h"

#include "base/clock.h"
#include "event/ident.h"
#include "inputs.h"
#include "read/play.h"

#define SOURCES 3

static struct ev_model *model;
static struct ev_filter filter;
static struct ev_progress progress = { .on = false };
static const struct ev_say say = { .progress = &progress };

struct line {
	struct ev_slice bytes, id;
	bool has_time;
	struct timespec time;
};

/* The lines in their order, and the sources that hold them. */
struct lines {
	struct line *line;
	size_t n, cap;
	struct ev_buf text[SOURCES];
};

/* How a case is made. */
struct make {
	size_t n;
	uint32_t times;	 /* that are drawn; 0: they rise by one each */
	uint32_t jitter; /* of rising times */
	uint32_t sources;
	uint32_t spread; /* lines in a row in one source */
	uint32_t repeat; /* one in so many lines is there twice; 0: none */
	uint32_t odd;	 /* one in so many is followed by odd ones; 0: none */
};

static int
line_cmp(const void *pa, const void *pb)
{
	const struct line *a = pa, *b = pb;
	int diff;

	if (a->has_time != b->has_time)
		return a->has_time ? -1 : 1;
	diff = a->has_time ? ev_time_cmp(a->time, b->time) : 0;
	if (diff == 0 && a->has_time)
		diff = ev_ident_cmp(a->id, b->id);
	return diff != 0 ? diff : ev_slice_cmp(a->bytes, b->bytes);
}

static void
add(struct lines *lines, struct ev_event *ev, const char *p, size_t n)
{
	struct line *line;

	if (lines->n == lines->cap) {
		lines->cap = lines->cap * 2 + 64;
		lines->line =
		    ev_realloc(lines->line, lines->cap, sizeof(*lines->line));
	}
	line = &lines->line[lines->n];
	line->bytes = (struct ev_slice){ ev_memdup(p, n), n };
	if (ev_event_read(ev, p, n) != EV_SCAN_OK) {
		free((void *)(uintptr_t)line->bytes.p);
		return;
	}
	line->has_time = ev_event_time(ev, &line->time);
	line->id = ev_event_text(ev, EV_ID);
	line->id.p = ev_memdup(line->id.p, line->id.n);
	lines->n++;
}

/* The sound lines of all sources, sorted. */
static void
note_lines(struct lines *lines)
{
	struct ev_event *ev = ev_event_new(model);
	size_t i;
	const char *p, *end, *lf;

	for (i = 0; i < SOURCES; i++) {
		ev_buf_reserve(&lines->text[i], EV_SCAN_PAD);
		p = lines->text[i].p;
		end = p + lines->text[i].n;
		if (end - p > 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
			p += 3;
		for (; p < end; p = lf + 1) {
			lf = memchr(p, '\n', (size_t)(end - p));
			add(lines, ev, p, (size_t)(lf - p));
		}
	}
	qsort(lines->line, lines->n, sizeof(*lines->line), line_cmp);
	ev_event_free(ev);
}

static void
make(struct lines *lines, const struct make *how, uint32_t *state)
{
	struct ev_buf *text = &lines->text[0];
	size_t i, from;

	if (how->odd > 0)
		ev_buf_adds(text, "\xef\xbb\xbf");
	for (i = 0; i < how->n; i++) {
		if (how->spread > 0 && i % how->spread == 0)
			text = &lines->text[draw(state, how->sources)];
		from = text->n;
		ev_buf_adds(text, "{\"type\":\"x\"");
		if (draw(state, 4) > 0)
			ev_buf_addf(
			    text, ",\"id\":\"evt_%u\"", draw(state, 500));
		if (how->times == 0)
			ev_buf_addf(text, ",\"timestamp\":%zu",
			    i + draw(state, how->jitter + 1));
		else if (draw(state, 20) > 0)
			ev_buf_addf(
			    text, ",\"timestamp\":%u", draw(state, how->times));
		ev_buf_addf(text, ",\"n\":%u}\n", draw(state, 3));
		if (how->repeat > 0 && draw(state, how->repeat) == 0) {
			size_t n = text->n - from;
			struct ev_buf *to = draw(state, 2) == 0 ?
			    text :
			    &lines->text[draw(state, how->sources)];
			char *copy = ev_memdup(text->p + from, n);

			ev_buf_add(to, copy, n);
			free(copy);
		}
		if (how->odd > 0 && draw(state, how->odd) == 0)
			add_odd(text, 20, 9000, state);
	}
	for (i = 0; i < SOURCES; i++)
		if (lines->text[i].n == 0)
			ev_buf_addc(&lines->text[i], '\n');
	note_lines(lines);
	/* the last line of a file that is no store's may lack its end */
	if (how->odd > 0)
		lines->text[0].n--;
}

static int
take_bytes(void *arg, const char *p, size_t n, struct ev_err *err)
{
	(void)err;
	ev_buf_add(arg, p, n);
	return 0;
}

static int
take_event(void *arg, struct ev_event *ev, struct ev_err *err)
{
	(void)err;
	ev_buf_addslice(arg, ev->line);
	ev_buf_addc(arg, '\n');
	return 0;
}

/* What play should give. */
static uint64_t
expect(
    const struct lines *lines, const struct ev_play *play, struct ev_buf *out)
{
	const struct line **v = ev_calloc(lines->n + 1, sizeof(struct line *));
	size_t i, n = 0, from = 0;

	for (i = 0; i < lines->n; i++)
		if (!play->distinct || n == 0 ||
		    !ev_slice_eq(v[n - 1]->bytes, lines->line[i].bytes))
			v[n++] = &lines->line[i];
	if (play->limit.kind == EV_LIMIT_FROM)
		from = play->limit.n - 1 < n ? (size_t)play->limit.n - 1 : n;
	else if (play->limit.kind == EV_LIMIT_LAST && play->limit.n < n)
		from = n - (size_t)play->limit.n;
	for (i = from; i < n; i++) {
		ev_buf_addslice(
		    out, v[play->reverse ? n - 1 - (i - from) : i]->bytes);
		ev_buf_addc(out, '\n');
	}
	free(v);
	return n;
}

static void
check_play(struct lines *lines, struct ev_sorted *sorted, struct ev_play play)
{
	struct ev_buf want = EV_BUF_INIT, got = EV_BUF_INIT;
	uint64_t matches = expect(lines, &play, &want);
	struct ev_err err;

	play.arg = &got;
	CHECK_INT(ev_play(&play, sorted, &err), 0);
	if (play.limit.kind != EV_LIMIT_LAST)
		CHECK_INT(play.matches, matches);
	if (play.event != NULL || play.bytes != NULL)
		CHECK(ev_slice_eq(ev_buf_slice(&want), ev_buf_slice(&got)));
	ev_buf_clear(&want);
	ev_buf_clear(&got);
}

static void
check(struct lines *lines, struct ev_sorted *sorted, bool onward)
{
	static const struct ev_limit limits[] = { { EV_LIMIT_ALL, 0 },
		{ EV_LIMIT_FROM, 40 }, { EV_LIMIT_LAST, 7 } };
	struct ev_play play = { .matches = 0 };
	size_t i;

	for (i = 0; i < 24; i++) {
		play.limit = limits[i % 3];
		play.distinct = i / 3 % 2;
		play.reverse = i / 6 % 2;
		play.event = i / 12 % 2 ? take_event : NULL;
		play.bytes = i / 12 % 2 ? NULL : take_bytes;
		if (onward &&
		    (play.reverse || play.limit.kind == EV_LIMIT_LAST))
			continue;
		check_play(lines, sorted, play);
	}
	play = (struct ev_play){ .distinct = true };
	check_play(lines, sorted, play);
}

static void
run(struct lines *lines, bool onward, unsigned threads, bool *stretched)
{
	struct ev_source sources[SOURCES];
	struct ev_reading reading = { .model = model,
		.filter = &filter,
		.say = &say,
		.threads = threads,
		.block = 4096 };
	struct ev_sorted *sorted;
	struct ev_tally tally;
	struct ev_err err;
	size_t i;

	for (i = 0; i < SOURCES; i++)
		source_of(
		    &sources[i], lines->text[i].p, lines->text[i].n, false);
	sorted = ev_sorted_new(&reading, sources, SOURCES, onward);
	for (i = 0; i < SOURCES; i++)
		CHECK_INT(ev_sorted_read(sorted, i, &tally, &err), 0);
	CHECK_INT(ev_sorted_sort(sorted, &err), 0);
	*stretched = sorted->stretches.n > 0;
	check(lines, sorted, onward);
	ev_sorted_free(sorted);
	for (i = 0; i < SOURCES; i++)
		ev_source_close(&sources[i]);
}

static void
clear(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++) {
		free((void *)(uintptr_t)lines->line[i].id.p);
		free((void *)(uintptr_t)lines->line[i].bytes.p);
	}
	for (i = 0; i < SOURCES; i++)
		ev_buf_clear(&lines->text[i]);
	free(lines->line);
}

/* A log that is cut off behind our back is no shorter sequence. */
static void
test_changed(bool mixed)
{
	char path[] = "/tmp/ev-test-XXXXXX";
	struct ev_reading reading = {
		.model = model, .filter = &filter, .say = &say, .block = 4096
	};
	struct ev_buf text = EV_BUF_INIT, out = EV_BUF_INIT;
	struct ev_play play = { .event = take_event, .arg = &out };
	int fd = mkstemp(path), i, r;
	struct ev_sorted *sorted;
	struct ev_source source;
	struct ev_tally tally;
	struct ev_err err;

	for (i = 0; i < 2000; i++)
		ev_buf_addf(&text, "{\"type\":\"x\",\"timestamp\":%d}\n",
		    mixed && i == 1000 ? 5 : i);
	if (ev_write_all(fd, text.p, text.n) == -1 ||
	    ev_source_open(&source, path, &err) == -1)
		abort();
	sorted = ev_sorted_new(&reading, &source, 1, true);
	CHECK_INT(ev_sorted_read(sorted, 0, &tally, &err), 0);
	if (mixed)
		CHECK_INT(ftruncate(fd, 100), 0);
	r = ev_sorted_sort(sorted, &err);
	CHECK_INT(r, mixed ? -1 : 0);
	CHECK_INT(ftruncate(fd, (off_t)text.n / 2), 0);
	if (r == 0)
		CHECK_INT(ev_play(&play, sorted, &err), -1);
	CHECK(strstr(err.text, path) != NULL);
	ev_sorted_free(sorted);
	ev_source_close(&source);
	close(fd);
	unlink(path);
	ev_buf_clear(&text);
	ev_buf_clear(&out);
}

int
main(void)
{
	static const struct {
		struct make make;
		bool stretched; /* something of it is in order */
	} cases[] = {
		{ { 0, 0, 0, 1, 0, 0, 0 }, false },
		{ { 5000, 0, 0, 1, 0, 0, 0 }, true },	 /* in order */
		{ { 5000, 0, 0, 1, 0, 50, 0 }, true },	 /* with repeats */
		{ { 5000, 0, 0, 1, 0, 0, 90 }, true },	 /* and damage */
		{ { 5000, 0, 0, 3, 2000, 0, 0 }, true }, /* one by one */
		{ { 5000, 0, 0, 3, 400, 0, 0 }, true },	 /* in turns */
		{ { 5000, 0, 0, 3, 1, 0, 0 }, false },	 /* mixed */
		{ { 5000, 0, 2, 1, 0, 30, 60 }, false }, /* nearly */
		{ { 5000, 9, 0, 1, 0, 0, 0 }, false },	 /* not at all */
		{ { 5000, 900, 0, 3, 7, 30, 60 }, false },
		{ { 60000, 0, 0, 3, 9000, 5000, 9000 }, true },
		{ { 300, 1, 0, 3, 7, 3, 9 }, false },
	};
	uint32_t state = 7;
	struct ev_err err;
	bool stretched;
	size_t i;

	model = ev_model_new(NULL);
	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TIME);
	CHECK_INT(ev_filter_compile(&filter, model, true, &err), 0);
	ev_model_seal(model);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct lines lines = { .n = 0 };

		make(&lines, &cases[i].make, &state);
		run(&lines, false, 1, &stretched);
		CHECK(!stretched);
		run(&lines, true, 1, &stretched);
		CHECK_INT(stretched, cases[i].stretched);
		run(&lines, true, 3, &stretched);
		clear(&lines);
	}
	test_changed(false);
	test_changed(true);
	ev_filter_clear(&filter);
	ev_model_free(model);
	return test_end();
}
