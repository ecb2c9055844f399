#include "fsck/truth.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/lines.h"
#include "store/part.h"

/* A writer that was killed left no more than one step behind in the views. */
#define DUE_MOST (8u << 20)
#define COPY 65536
#define BOM "\xef\xbb\xbf"

/* The log while it is read. */
struct pass {
	struct ev_truth *truth;
	struct ev_route *route;
	struct ev_chain *log;
	uint64_t applied;
};

struct ev_truth_day *
ev_truth_day(const struct ev_truth *t, int32_t day)
{
	uint64_t *number = NULL;

	if (t->index != NULL)
		number = ev_map_find(t->index, &day, sizeof(day));
	return number != NULL && *number > 0 ? &t->v[*number - 1] : NULL;
}

static struct ev_truth_day *
day_of(struct ev_truth *t, int32_t day)
{
	uint64_t *number = ev_map_at(t->index, &day, sizeof(day), NULL);

	if (*number > 0)
		return &t->v[*number - 1];
	if (t->n == t->cap) {
		t->cap = t->cap < 16 ? 16 : t->cap * 2;
		t->v = ev_realloc(t->v, t->cap, sizeof(*t->v));
	}
	t->v[t->n] =
	    (struct ev_truth_day){ .day = day, .sha = ev_sha256_new() };
	*number = ++t->n;
	return &t->v[t->n - 1];
}

/* What an over-long line has goes from the log into the digest. */
static int
add_long(
    const struct pass *p, struct ev_truth_day *day, uint64_t at, uint64_t n)
{
	char block[COPY];
	ssize_t got;

	for (; n > 0; n -= (uint64_t)got, at += (uint64_t)got) {
		got = ev_chain_read(
		    p->log, block, n < COPY ? (size_t)n : COPY, at);
		if (got <= 0)
			return -1;
		ev_sha256_add(day->sha, block, (size_t)got);
	}
	return 0;
}

/* What a line is that no day has; some of them are sound. */
static void
judge(const struct pass *p, struct ev_slice line, uint64_t at)
{
	struct ev_truth *t = p->truth;
	enum ev_scan why = EV_SCAN_LONG;

	if (line.p != NULL) {
		if (at == 0 && ev_slice_starts(line, BOM)) {
			line.p += sizeof(BOM) - 1;
			line.n -= sizeof(BOM) - 1;
		}
		why = ev_scan_line(NULL, line.p, line.n, NULL, NULL);
	}
	t->sound += why == EV_SCAN_OK;
	t->blank += why == EV_SCAN_BLANK;
	t->torn += why == EV_SCAN_TORN;
	if (why == EV_SCAN_OK || why == EV_SCAN_BLANK)
		return;
	t->bad += why != EV_SCAN_TORN;
	if (t->damaged != NULL)
		t->damaged(t->arg, at, t->lines - t->before, why);
}

static int
take(const struct pass *p, struct ev_slice line, uint64_t at)
{
	int32_t number = ev_route_line(p->route, line, at == 0);
	struct ev_truth_day *day = day_of(p->truth, number);

	if (at >= p->truth->until || p->truth->lines == 0) {
		p->truth->until = ev_chain_until(p->log, at);
		p->truth->before = p->truth->lines;
	}
	p->truth->lines++;
	if (number == EV_PART_REJECTED)
		judge(p, line, at);
	else
		p->truth->sound++;
	day->last = at;
	if (at >= p->applied) {
		/* the LF behind the line is in the reader's buffer */
		if (line.p != NULL && at - p->applied < DUE_MOST)
			ev_buf_add(&day->due, line.p, line.n + 1);
		return 0;
	}
	day->n += line.n + 1;
	day->lines++;
	if (line.p == NULL)
		return add_long(p, day, at, line.n + 1);
	ev_sha256_add(day->sha, line.p, line.n + 1);
	return 0;
}

int
ev_truth_read(struct ev_truth *t, const struct ev_dir *dir,
    struct ev_chain *log, struct ev_route *route, uint64_t applied,
    uint64_t end, struct ev_err *err)
{
	const struct pass p = { t, route, log, applied };
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	t->index = ev_map_new();
	ev_lines_of(&lines, log, 0, end);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1) {
		r = take(&p, line, at);
		if (r < 0)
			break;
		t->end = at + line.n + 1;
	}
	ev_lines_clear(&lines);
	if (r < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", dir->place->shown);
	return 0;
}

void
ev_truth_clear(struct ev_truth *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		ev_sha256_free(t->v[i].sha);
		ev_buf_clear(&t->v[i].due);
	}
	free(t->v);
	ev_map_free(t->index);
	*t = (struct ev_truth){ 0 };
}
