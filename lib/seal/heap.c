#include "seal/heap.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* A record: what sorts stands first, numbers with their highest byte first. */
#define KEY (4 + EV_SHA256_SIZE + 1 + 8)
#define SIZE (KEY + 4)
#define HELD ((32u << 20) / SIZE)
#define WINDOW (65536 / SIZE)

/* A sorted run, in the file or (one that is all there is) in memory. */
struct run {
	uint64_t from, at, end; /* records */
	unsigned char *held;	/* the next ones */
	size_t pos, n;
};

struct ev_heaped {
	unsigned char *v;
	size_t n;
	int fd;		  /* -1: no run was written */
	uint64_t written; /* records */
	struct run *runs;
	size_t nruns;
	struct run **tree; /* a binary heap of runs by their next record */
	size_t ntree;
};

struct ev_heaped *
ev_heaped_new(void)
{
	struct ev_heaped *h = ev_calloc(1, sizeof(*h));

	h->v = ev_malloc((size_t)HELD * SIZE);
	h->fd = -1;
	return h;
}

static void
drop_windows(struct ev_heaped *h)
{
	size_t i;

	for (i = 0; h->fd >= 0 && i < h->nruns; i++) {
		free(h->runs[i].held);
		h->runs[i].held = NULL;
	}
}

void
ev_heaped_free(struct ev_heaped *h)
{
	if (h == NULL)
		return;
	drop_windows(h);
	if (h->fd >= 0)
		close(h->fd);
	free(h->runs);
	free(h->tree);
	free(h->v);
	free(h);
}

static void
put(unsigned char *to, uint64_t value, int n)
{
	while (n-- > 0) {
		to[n] = (unsigned char)value;
		value >>= 8;
	}
}

static uint64_t
get(const unsigned char *from, int n)
{
	uint64_t value = 0;

	while (n-- > 0)
		value = value << 8 | *from++;
	return value;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, KEY);
}

static void
add_run(struct ev_heaped *h, uint64_t from, uint64_t end)
{
	h->runs = ev_realloc(h->runs, h->nruns + 1, sizeof(*h->runs));
	h->runs[h->nruns++] = (struct run){ .from = from, .end = end };
}

static int
spill(struct ev_heaped *h, struct ev_err *err)
{
	size_t bytes = h->n * SIZE;

	if (h->n == 0)
		return 0;
	if (h->fd < 0)
		h->fd = ev_temporary(err);
	if (h->fd < 0)
		return -1;
	qsort(h->v, h->n, SIZE, compare);
	if (ev_pwrite_all(h->fd, h->v, bytes, (off_t)(h->written * SIZE)) < 0)
		return ev_fail_errno(err, "cannot write a temporary file");
	add_run(h, h->written, h->written + h->n);
	h->written += h->n;
	h->n = 0;
	return 0;
}

int
ev_heaped_add(
    struct ev_heaped *h, const struct ev_leaf *leaf, struct ev_err *err)
{
	unsigned char *to;

	if (h->n == HELD && spill(h, err) < 0)
		return -1;
	to = h->v + h->n++ * SIZE;
	put(to, (uint64_t)(uint32_t)leaf->day, 4);
	memcpy(to + 4, leaf->hash, EV_SHA256_SIZE);
	to += 4 + EV_SHA256_SIZE;
	*to++ = (unsigned char)leaf->kind;
	if (leaf->kind == EV_LEAF_LINE)
		put(to, leaf->at, 8);
	else
		memcpy(to, leaf->tag, EV_LEAF_TAG);
	put(to + 8, leaf->n, 4);
	return 0;
}

static const unsigned char *
head(const struct run *run)
{
	return run->held + run->pos * SIZE;
}

/* Its next records are at hand.  1, 0 there are none, -1. */
static int
load(struct ev_heaped *h, struct run *run, struct ev_err *err)
{
	uint64_t left = run->end - run->at;
	size_t n = left < WINDOW ? (size_t)left : WINDOW;
	ssize_t got;

	if (run->pos < run->n)
		return 1;
	if (n == 0)
		return 0;
	/* ev_heaped_sort gave each run a window of its own after the old went */
	/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
	got = ev_pread_all(h->fd, run->held, n * SIZE, (off_t)(run->at * SIZE));
	if (got < 0 || (size_t)got != n * SIZE)
		return ev_fail_errno(err, "cannot read a temporary file");
	run->at += n;
	run->pos = 0;
	run->n = n;
	return 1;
}

/* The run at i of the binary heap sinks to where it belongs. */
static void
sink(struct ev_heaped *h, size_t i)
{
	struct run *run = h->tree[i];
	size_t child;

	while ((child = 2 * i + 1) < h->ntree) {
		if (child + 1 < h->ntree &&
		    compare(head(h->tree[child + 1]), head(h->tree[child])) < 0)
			child++;
		if (compare(head(run), head(h->tree[child])) <= 0)
			break;
		h->tree[i] = h->tree[child];
		i = child;
	}
	h->tree[i] = run;
}

/* All there is stays in memory when it is little. */
static int
settle(struct ev_heaped *h, struct ev_err *err)
{
	if (h->fd >= 0)
		return spill(h, err);
	qsort(h->v, h->n, SIZE, compare);
	if (h->nruns == 0)
		add_run(h, 0, 0);
	h->runs[0] = (struct run){ .held = h->v, .n = h->n };
	return 0;
}

int
ev_heaped_sort(struct ev_heaped *h, struct ev_err *err)
{
	struct run *run;
	size_t i;
	int r;

	if (settle(h, err) < 0)
		return -1;
	drop_windows(h);
	h->tree = ev_realloc(h->tree, h->nruns, sizeof(struct run *));
	h->ntree = 0;
	for (i = 0; i < h->nruns; i++) {
		run = &h->runs[i];
		if (h->fd >= 0) {
			*run = (struct run){ .from = run->from,
				.at = run->from,
				.end = run->end,
				.held = ev_malloc((size_t)WINDOW * SIZE) };
		}
		r = load(h, run, err);
		if (r < 0)
			return -1;
		if (r == 1)
			h->tree[h->ntree++] = run;
	}
	for (i = h->ntree / 2; i-- > 0;)
		sink(h, i);
	return 0;
}

int
ev_heaped_next(struct ev_heaped *h, struct ev_leaf *leaf, struct ev_err *err)
{
	const unsigned char *from;
	struct run *run;
	int r;

	if (h->ntree == 0)
		return 0;
	run = h->tree[0];
	from = head(run);
	leaf->day = (int32_t)(uint32_t)get(from, 4);
	memcpy(leaf->hash, from + 4, EV_SHA256_SIZE);
	from += 4 + EV_SHA256_SIZE;
	leaf->kind = (enum ev_leaf_kind) * from++;
	leaf->at = get(from, 8);
	memcpy(leaf->tag, from, EV_LEAF_TAG);
	leaf->n = (uint32_t)get(from + 8, 4);
	run->pos++;
	r = load(h, run, err);
	if (r < 0)
		return -1;
	if (r == 0)
		h->tree[0] = h->tree[--h->ntree];
	if (h->ntree > 0)
		sink(h, 0);
	return 1;
}
