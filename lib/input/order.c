#include "input/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "input/again.h"
#include "input/ties.h"

#define SMALL 16 /* items that are sorted by insertion */

struct ev_order {
	struct ev_again *again;
	struct ev_ties *ties;
	struct ev_item *items;
	size_t n, cap;
};

struct ev_order *
ev_order_new(
    const struct ev_model *model, struct ev_source *sources, size_t count)
{
	struct ev_order *order = ev_calloc(1, sizeof(*order));

	order->again = ev_again_new(sources, count);
	order->ties = ev_ties_new(model, order->again);
	return order;
}

void
ev_order_free(struct ev_order *order)
{
	if (order == NULL)
		return;
	ev_ties_free(order->ties);
	ev_again_free(order->again);
	free(order->items);
	free(order);
}

struct ev_item
ev_order_item(
    size_t source, uint64_t offset, size_t length, const struct timespec *time)
{
	struct ev_item item = { EV_ITEM_NO_SEC, EV_ITEM_NO_NSEC,
		(uint32_t)length, ev_item_at(source, offset) };

	if (time != NULL) {
		item.sec = time->tv_sec;
		item.nsec = (uint32_t)time->tv_nsec;
	}
	return item;
}

void
ev_order_add(struct ev_order *order, struct ev_item item)
{
	if (order->n == order->cap) {
		order->cap =
		    order->cap < 1024 ? 1024 : order->cap + order->cap / 2;
		order->items =
		    ev_realloc(order->items, order->cap, sizeof(*order->items));
	}
	order->items[order->n++] = item;
}

static bool
is_before(const struct ev_item *a, const struct ev_item *b)
{
	int diff = ev_item_time_cmp(a, b);

	return diff != 0 ? diff < 0 : a->at < b->at;
}

static bool
is_sorted(const struct ev_item *items, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++)
		if (is_before(&items[i], &items[i - 1]))
			return false;
	return true;
}

static void
insertion(struct ev_item *items, size_t n)
{
	struct ev_item item;
	size_t i, j;

	for (i = 1; i < n; i++) {
		item = items[i];
		for (j = i; j > 0 && is_before(&item, &items[j - 1]); j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
}

/* How many of n sorted items are before `item`. */
static size_t
count_before(const struct ev_item *items, size_t n, const struct ev_item *item)
{
	size_t lo = 0, mid;

	while (lo < n) {
		mid = lo + (n - lo) / 2;
		if (is_before(&items[mid], item))
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

/* items[0, left) and items[left, n) are sorted; spare has room for the less. */
static void
merge(struct ev_item *items, size_t left, size_t n, struct ev_item *spare)
{
	size_t skip = count_before(items, left, &items[left]);
	size_t right, i, to;

	items += skip;
	left -= skip;
	n -= skip;
	if (left == 0)
		return;
	right = count_before(items + left, n - left, &items[left - 1]);
	n = left + right;
	if (left <= right) {
		memcpy(spare, items, left * sizeof(*items));
		for (i = 0, to = 0, right = left; i < left; to++)
			items[to] =
			    right < n && is_before(&items[right], &spare[i]) ?
			    items[right++] :
			    spare[i++];
		return;
	}
	memcpy(spare, items + left, right * sizeof(*items));
	for (to = n; right > 0;) {
		to--;
		items[to] =
		    left > 0 && is_before(&spare[right - 1], &items[left - 1]) ?
		    items[--left] :
		    spare[--right];
	}
}

static void
sort(struct ev_item *items, size_t n, struct ev_item *spare)
{
	if (n <= SMALL) {
		insertion(items, n);
		return;
	}
	sort(items, n / 2, spare);
	sort(items + n / 2, n - n / 2, spare);
	merge(items, n / 2, n, spare);
}

int
ev_order_sort(struct ev_order *order, struct ev_err *err)
{
	struct ev_item *items = order->items, *spare;
	size_t from, to;

	if (!is_sorted(items, order->n)) {
		spare = ev_realloc(NULL, order->n / 2, sizeof(*spare));
		sort(items, order->n, spare);
		free(spare);
	}
	for (from = 0; from < order->n; from = to) {
		for (to = from + 1; to < order->n; to++)
			if (ev_item_time_cmp(&items[from], &items[to]) != 0)
				break;
		if (to - from > 1 &&
		    ev_ties_sort(order->ties, items + from, to - from, err) < 0)
			return -1;
	}
	return 0;
}

size_t
ev_order_count(const struct ev_order *order)
{
	return order->n;
}

const struct ev_item *
ev_order_at(const struct ev_order *order, size_t i)
{
	return &order->items[i];
}

int
ev_order_cmp(struct ev_order *order, const struct ev_item *a,
    const struct ev_item *b, int *diff, struct ev_err *err)
{
	*diff = ev_item_time_cmp(a, b);
	return *diff != 0 ? 0 : ev_ties_cmp(order->ties, a, b, diff, err);
}

int
ev_order_before(struct ev_order *order, const struct ev_item *item,
    size_t *before, struct ev_err *err)
{
	size_t lo = 0, hi = order->n, mid;
	int diff;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (ev_order_cmp(order, &order->items[mid], item, &diff, err) ==
		    -1)
			return -1;
		if (diff < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*before = lo;
	return 0;
}

int
ev_order_line(struct ev_order *order, size_t i, struct ev_buf *out,
    size_t *source, struct ev_err *err)
{
	const struct ev_item *item = &order->items[i];

	ev_buf_reset(out);
	if (source != NULL)
		*source = ev_item_source(item);
	return ev_again_line(order->again, ev_item_source(item),
	    ev_item_offset(item), item->length, out, err);
}
