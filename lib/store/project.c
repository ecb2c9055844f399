#include "store/project.h"

#include <string.h>

#include "base/clock.h"
#include "json/scan.h"
#include "store/lines.h"
#include "store/part.h"
#include "store/step.h"

/*
 * Bytes of the log that a step looks at; not less than what one write of ours
 * appends (see struct ev_chunk).
 */
#define WINDOW (2u << 20)

static int
read_log(struct ev_views *views, size_t n, struct ev_err *err)
{
	struct ev_buf *window = &views->window;
	ssize_t got;

	ev_buf_reserve(window, n + EV_SCAN_PAD);
	got = ev_log_read(views->log, views->dir, window->p + window->n, n,
	    views->state.m + window->n, err);
	if (got < 0)
		return -1;
	window->n += (size_t)got;
	return got == 0 ? ev_fail(err, "'%s' ended while it was read",
			      views->dir->place->shown) :
			  0;
}

/* Whole lines of the log from state.m on; none when the first one is
 * over-long. */
static int
fill_window(struct ev_views *views, uint64_t to, struct ev_err *err)
{
	struct ev_buf *window = &views->window;
	uint64_t left;
	size_t n;
	char *lf = NULL;

	ev_buf_reset(window);
	while (lf == NULL && window->n <= EV_LINES_LONGEST) {
		left = to - views->state.m - window->n;
		n = left < WINDOW ? (size_t)left : WINDOW;
		if (read_log(views, n, err) < 0)
			return -1;
		lf = memrchr(window->p, '\n', window->n);
	}
	window->n = lf != NULL ? (size_t)(lf - window->p) + 1 : 0;
	return 0;
}

/* The chunk of an over-long line, which stays where it is. */
static int
take_long(struct ev_views *views, uint64_t to, struct ev_err *err)
{
	struct ev_due line = { NULL, 0, -1, views->state.m,
		&views->log->chain };
	struct ev_lines lines;
	struct ev_slice text;
	uint64_t at;
	int r;

	ev_lines_of(&lines, &views->log->chain, views->state.m, to);
	r = ev_lines_next(&lines, &text, &at);
	ev_lines_clear(&lines);
	if (r != 1)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	line.n = text.n + 1;
	ev_chunk_set(&views->chunk, EV_PART_REJECTED, line);
	return 0;
}

static int32_t
foreign_day(struct ev_views *views, const char *p, size_t n, bool first)
{
	struct ev_slice line = { n > EV_LINES_LONGEST ? NULL : p, n };

	return ev_route_line(&views->route, line, first);
}

/* Sorts the window's lines into the chunk until it is full.  Lines of the
 * batch are known by their places. */
static void
take_lines(struct ev_views *views, const char *p, size_t n,
    const struct ev_batch *batch)
{
	const char *start = p, *end = p + n, *lf;
	const struct ev_put *put = NULL, *last = NULL;
	uint64_t at;
	int32_t day;

	if (batch != NULL) {
		put = batch->put;
		last = put + batch->count;
	}
	for (; p < end; p = lf + 1) {
		lf = memchr(p, '\n', (size_t)(end - p));
		at = views->state.m + (uint64_t)(p - start);
		while (put < last && put->at < at)
			put++;
		if (put < last && put->at == at)
			day = put->day;
		else
			day = foreign_day(views, p, (size_t)(lf - p), at == 0);
		if (ev_state_dropped(&views->state, day))
			ev_chunk_skip(&views->chunk, p, (size_t)(lf - p) + 1);
		else if (!ev_chunk_add(
			     &views->chunk, day, p, (size_t)(lf - p) + 1))
			break;
	}
}

static int
next_chunk(struct ev_views *views, const struct ev_batch *batch, uint64_t to,
    struct ev_err *err)
{
	ev_chunk_reset(&views->chunk);
	/* a larger one goes in steps that whoever goes on takes as well */
	if (batch != NULL && batch->whole && batch->bytes.n <= WINDOW &&
	    batch->put[0].at == views->state.m) {
		take_lines(
		    views, batch->bytes.p + 1, batch->bytes.n - 1, batch);
		return 0;
	}
	if (fill_window(views, to, err) < 0)
		return -1;
	if (views->window.n == 0)
		return take_long(views, to, err);
	take_lines(views, views->window.p, views->window.n, batch);
	return 0;
}

int
ev_project(struct ev_views *views, const struct ev_batch *batch, uint64_t to,
    int64_t until, struct ev_err *err)
{
	bool first = true;
	int r;

	while (views->state.m < to) {
		if (!first && ev_clock_mono() >= until)
			break;
		first = false;
		if (next_chunk(views, batch, to, err) < 0)
			return -1;
		r = ev_step(views, err);
		if (r != 1)
			return r;
	}
	return 1;
}
