#include "tree/arrange.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/again.h"
#include "input/ties.h"

#define BIAS ((uint64_t)1 << 63) /* seconds, as numbers that are not signed */

struct arrange {
	struct ev_forest *forest;
	struct ev_again *again;
	struct ev_ties *ties;
	struct ev_item *items; /* of one time */
	size_t cap;
};

void
ev_arrange_time(const struct timespec *time, uint32_t words[EV_FOREST_TIME])
{
	uint64_t sec =
	    (uint64_t)(time != NULL ? time->tv_sec : EV_ITEM_NO_SEC) + BIAS;

	words[0] = (uint32_t)(sec >> 32);
	words[1] = (uint32_t)sec;
	words[2] = time != NULL ? (uint32_t)time->tv_nsec : EV_ITEM_NO_NSEC;
}

static struct ev_item
item_of(const struct ev_forest_node *node)
{
	uint64_t sec = (uint64_t)node->time[0] << 32 | node->time[1];

	return (struct ev_item){ (int64_t)(sec - BIAS), node->time[2],
		node->length, node->at };
}

static int
time_cmp(const struct ev_forest_node *a, const struct ev_forest_node *b)
{
	size_t i;

	for (i = 0; i < EV_FOREST_TIME; i++)
		if (a->time[i] != b->time[i])
			return a->time[i] < b->time[i] ? -1 : 1;
	return 0;
}

static int
by_time(const void *a, const void *b, void *arg)
{
	const struct ev_forest *forest = arg;
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
	int diff = time_cmp(&forest->node[one], &forest->node[other]);

	return diff != 0 ? diff : one < other ? -1 : one > other;
}

/* Does each event stand before the next, by its time alone? */
static bool
stands(const struct ev_forest *forest)
{
	uint32_t i;

	for (i = 1; i < forest->events; i++)
		if (time_cmp(&forest->node[i - 1], &forest->node[i]) >= 0)
			return false;
	return true;
}

/*
 * Sorts by time and place.  An event whose time is below one before it is
 * late; these, mostly few, are sorted and merged with the others.
 */
static void
sort(struct ev_forest *forest, uint32_t *order)
{
	uint32_t n = forest->events, kept = 0, late = 0, max = 0, i, to;
	uint32_t *spare;

	for (i = 0; i < n; i++) {
		if (time_cmp(&forest->node[i], &forest->node[max]) >= 0)
			order[kept++] = max = i;
		else
			order[n - ++late] = i;
	}
	if (late == 0)
		return;
	spare = ev_realloc(NULL, late, sizeof(*spare));
	memcpy(spare, order + kept, late * sizeof(*spare));
	qsort_r(spare, late, sizeof(*spare), by_time, forest);
	for (to = n; late > 0; to--)
		order[to - 1] = kept > 0 &&
			by_time(&order[kept - 1], &spare[late - 1], forest) >
			    0 ?
		    order[--kept] :
		    spare[--late];
	free(spare);
}

/* The number of the event at a place; they stand in the order of these. */
static uint32_t
event_at(const struct ev_forest *forest, uint64_t at)
{
	uint32_t lo = 0, hi = forest->events, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (forest->node[mid].at < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Sorts events of one time. */
static int
sort_ties(
    struct arrange *arrange, uint32_t *order, size_t n, struct ev_err *err)
{
	struct ev_forest *forest = arrange->forest;
	size_t i;

	if (n > arrange->cap) {
		arrange->cap = n;
		arrange->items =
		    ev_realloc(arrange->items, n, sizeof(*arrange->items));
	}
	for (i = 0; i < n; i++)
		arrange->items[i] = item_of(&forest->node[order[i]]);
	if (ev_ties_sort(arrange->ties, arrange->items, n, err) == -1)
		return -1;
	for (i = 0; i < n; i++)
		order[i] = event_at(forest, arrange->items[i].at);
	return 0;
}

static int
sort_all_ties(struct arrange *arrange, uint32_t *order, struct ev_err *err)
{
	const struct ev_forest *forest = arrange->forest;
	size_t n = forest->events, from, to;

	for (from = 0; from < n; from = to) {
		for (to = from + 1; to < n; to++)
			if (time_cmp(&forest->node[order[from]],
				&forest->node[order[to]]) != 0)
				break;
		if (to - from > 1 &&
		    sort_ties(arrange, order + from, to - from, err) == -1)
			return -1;
	}
	return 0;
}

int
ev_arrange(struct ev_forest *forest, const struct ev_model *model,
    const struct ev_source *sources, size_t count, struct ev_err *err)
{
	struct arrange arrange = { .forest = forest };
	int r;

	if (stands(forest))
		return 0;
	forest->order =
	    ev_realloc(NULL, forest->events, sizeof(*forest->order));
	sort(forest, forest->order);
	arrange.again = ev_again_new(sources, count);
	arrange.ties = ev_ties_new(model, arrange.again);
	r = sort_all_ties(&arrange, forest->order, err);
	ev_ties_free(arrange.ties);
	ev_again_free(arrange.again);
	free(arrange.items);
	return r;
}
