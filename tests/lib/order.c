/* Replay order is what sorting all lines in memory gives. */
#include "test.h"

#include "base/clock.h"
#include "event/ident.h"
#include "input/order.h"
#include "inputs.h"

#define SOURCES 3

static struct ev_model *model;

/* A line and what it is sorted by. */
struct line {
	struct ev_slice bytes, id;
	bool has_time;
	struct timespec time;
	size_t source;
	uint64_t offset;
};

struct lines {
	struct line *line;
	size_t n;
	struct ev_buf text[SOURCES];
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

/* Sorts the lines both ways and compares. */
static void
check(struct lines *lines)
{
	struct ev_source sources[SOURCES];
	struct ev_buf out = EV_BUF_INIT;
	struct ev_order *order;
	size_t i, source, wrong = 0;
	struct ev_err err;

	for (i = 0; i < SOURCES; i++)
		source_of(
		    &sources[i], lines->text[i].p, lines->text[i].n, false);
	order = ev_order_new(model, sources, SOURCES);
	for (i = 0; i < lines->n; i++)
		ev_order_add(order,
		    ev_order_item(lines->line[i].source, lines->line[i].offset,
			lines->line[i].bytes.n,
			lines->line[i].has_time ? &lines->line[i].time : NULL));
	CHECK_INT(ev_order_sort(order, &err), 0);
	CHECK_INT(ev_order_count(order), lines->n);
	qsort(lines->line, lines->n, sizeof(*lines->line), line_cmp);
	for (i = 0; i < lines->n; i++) {
		CHECK_INT(ev_order_line(order, i, &out, &source, &err), 0);
		wrong += source >= SOURCES || out.p[out.n - 1] != '\n' ||
		    !ev_slice_eq((struct ev_slice){ out.p, out.n - 1 },
			lines->line[i].bytes);
	}
	CHECK_INT(wrong, 0);
	ev_order_free(order);
	for (i = 0; i < SOURCES; i++)
		ev_source_close(&sources[i]);
	ev_buf_clear(&out);
}

/* Makes n lines; `times` different times, rising when sorted. */
static void
make(struct lines *lines, size_t n, uint32_t times, bool sorted, size_t fill,
    uint32_t *state)
{
	struct ev_event *ev = ev_event_new(model);
	size_t i;
	struct line *line;
	struct ev_buf *text;

	lines->line = ev_calloc(n, sizeof(*lines->line));
	lines->n = n;
	for (i = 0; i < n; i++) {
		line = &lines->line[i];
		line->source = sorted ? 0 : draw(state, SOURCES);
		text = &lines->text[line->source];
		line->offset = text->n;
		ev_buf_adds(text, "{\"type\":\"x\"");
		if (draw(state, 4) > 0)
			ev_buf_addf(
			    text, ",\"id\":\"evt_%u\"", draw(state, 500));
		if (draw(state, 20) > 0 || sorted)
			ev_buf_addf(text, ",\"timestamp\":%u",
			    sorted ? (unsigned)i : draw(state, times));
		ev_buf_addf(text, ",\"n\":%u,\"fill\":\"", draw(state, 3));
		ev_buf_reserve(text, fill + 1);
		memset(text->p + text->n, 'f', fill);
		text->n += fill;
		ev_buf_adds(text, "\"}\n");
	}
	for (i = 0; i < n; i++) {
		line = &lines->line[i];
		text = &lines->text[line->source];
		ev_buf_reserve(text, EV_SCAN_PAD);
		line->bytes.p = text->p + line->offset;
		line->bytes.n = (size_t)((char *)memchr(line->bytes.p, '\n',
					     text->n - line->offset) -
		    line->bytes.p);
		CHECK_INT(ev_event_read(ev, line->bytes.p, line->bytes.n),
		    EV_SCAN_OK);
		line->has_time = ev_event_time(ev, &line->time);
		line->id = ev_event_text(ev, EV_ID);
		line->id.p = ev_memdup(line->id.p, line->id.n);
	}
	ev_event_free(ev);
}

static void
clear(struct lines *lines)
{
	size_t i;

	for (i = 0; i < lines->n; i++)
		free((void *)(uintptr_t)lines->line[i].id.p);
	for (i = 0; i < SOURCES; i++)
		ev_buf_clear(&lines->text[i]);
	free(lines->line);
}

int
main(void)
{
	static const struct {
		size_t n;
		uint32_t times;
		bool sorted;
		size_t fill;
	} cases[] = {
		{ 0, 1, false, 0 }, { 1, 1, false, 0 }, { 17, 9, false, 0 },
		{ 5000, 1000000, false, 5 }, /* few ties */
		{ 5000, 700, false, 5 },     /* many */
		{ 3000, 1, false, 0 },	     /* nothing else */
		{ 6000, 2, false, 3000 },    /* more than fits in memory */
		{ 3000, 0, true, 100 },
		{ 40, 3, false, 100000 }, /* lines longer than a window */
	};
	uint32_t state = 2;
	size_t i;

	model = ev_model_new(NULL);
	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TIME);
	ev_model_seal(model);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct lines lines = { .n = 0 };

		make(&lines, cases[i].n, cases[i].times, cases[i].sorted,
		    cases[i].fill, &state);
		check(&lines);
		clear(&lines);
	}
	ev_model_free(model);
	return test_end();
}
