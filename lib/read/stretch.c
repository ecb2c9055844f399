#include "read/stretch.h"

#include <stdlib.h>

#include "base/mem.h"

#define LEAST 32 /* events: fewer are kept one by one */
#define SHARE 4	 /* of the bytes from first to last must match */

bool
ev_stretch_pays(const struct ev_places *places)
{
	uint64_t span;

	if (!places->sorted || places->n < LEAST)
		return false;
	span = ev_item_offset(&places->v[places->n - 1]) -
	    ev_item_offset(&places->v[0]);
	return places->bytes >= span / SHARE;
}

void
ev_stretches_add(struct ev_stretches *stretches, uint64_t block,
    const struct ev_places *places)
{
	if (stretches->n == stretches->cap) {
		stretches->cap = stretches->cap == 0 ? 64 : stretches->cap * 2;
		stretches->v = ev_realloc(
		    stretches->v, stretches->cap, sizeof(*stretches->v));
	}
	stretches->v[stretches->n++] = (struct ev_stretch){
		.first = places->v[0],
		.last = places->v[places->n - 1],
		.block = block,
		.events = places->n,
		.repeats = places->repeats,
		.whole = places->whole,
	};
}

void
ev_stretches_clear(struct ev_stretches *stretches)
{
	free(stretches->v);
	*stretches = (struct ev_stretches)EV_STRETCHES_INIT;
}

uint64_t
ev_stretch_from(const struct ev_stretch *stretch)
{
	return ev_item_offset(&stretch->first);
}

uint64_t
ev_stretch_end(const struct ev_stretch *stretch)
{
	return ev_item_offset(&stretch->last) + stretch->last.length;
}

bool
ev_stretch_follows(const struct ev_stretch *a, const struct ev_stretch *b)
{
	return a->block + 1 == b->block &&
	    ev_item_source(&a->first) == ev_item_source(&b->first);
}

/* A sort that reads lines, which may fail. */
struct sorting {
	struct ev_order *order;
	struct ev_err *err;
	bool failed;
};

static int
cmp(struct sorting *sorting, const struct ev_item *a, const struct ev_item *b)
{
	int diff = 0;

	if (!sorting->failed &&
	    ev_order_cmp(sorting->order, a, b, &diff, sorting->err) == -1)
		sorting->failed = true;
	return sorting->failed ? 0 : diff;
}

static int
by_first(const void *a, const void *b, void *arg)
{
	const struct ev_stretch *one = a, *other = b;
	int diff = cmp(arg, &one->first, &other->first);

	if (diff == 0)
		diff = one->first.at < other->first.at ? -1 : 1;
	return diff;
}

/* Opens the stretches that reach into one another. */
static void
open_mixed(struct ev_stretches *stretches, struct sorting *sorting)
{
	struct ev_stretch *v = stretches->v;
	size_t from, to, i, latest;

	for (from = 0; from < stretches->n; from = to) {
		latest = from;
		for (to = from + 1; to < stretches->n; to++) {
			if (cmp(sorting, &v[to].first, &v[latest].last) > 0)
				break;
			if (cmp(sorting, &v[to].last, &v[latest].last) > 0)
				latest = to;
		}
		for (i = from; i < to; i++)
			v[i].open = to - from > 1;
	}
}

/* Opens the stretches among which items fall. */
static int
open_parted(struct ev_stretches *stretches, struct sorting *sorting)
{
	struct ev_order *order = sorting->order;
	struct ev_stretch *stretch;
	size_t i;

	for (i = 0; i < stretches->n; i++) {
		stretch = &stretches->v[i];
		if (stretch->open)
			continue;
		if (ev_order_before(order, &stretch->first, &stretch->before,
			sorting->err) == -1)
			return -1;
		stretch->open = stretch->before < ev_order_count(order) &&
		    cmp(sorting, ev_order_at(order, stretch->before),
			&stretch->last) <= 0;
	}
	return sorting->failed ? -1 : 0;
}

int
ev_stretches_arrange(struct ev_stretches *stretches, struct ev_order *order,
    bool *open, struct ev_err *err)
{
	struct sorting sorting = { order, err, false };
	size_t i;

	*open = false;
	if (stretches->n == 0)
		return 0;
	qsort_r(stretches->v, stretches->n, sizeof(*stretches->v), by_first,
	    &sorting);
	open_mixed(stretches, &sorting);
	if (sorting.failed || open_parted(stretches, &sorting) == -1)
		return -1;
	for (i = 0; i < stretches->n; i++)
		*open |= stretches->v[i].open;
	return 0;
}

int
ev_stretches_place(
    struct ev_stretches *stretches, struct ev_order *order, struct ev_err *err)
{
	struct ev_stretch *stretch;
	size_t i, n = 0;

	for (i = 0; i < stretches->n; i++) {
		stretch = &stretches->v[i];
		if (stretch->open)
			continue;
		if (ev_order_before(
			order, &stretch->first, &stretch->before, err) == -1)
			return -1;
		stretches->v[n++] = *stretch;
	}
	stretches->n = n;
	return 0;
}
