#include "input/ties.h"

#include <stdlib.h>

#include "base/mem.h"
#include "event/ident.h"

#define CHUNK_BYTES (4u << 20) /* of lines that are sorted in memory */

/* A line in memory.  The slices point into the buffers beside it. */
struct key {
	struct ev_item item;
	size_t line_at, id_at;
	struct ev_slice line, id;
};

/* A sorted chunk while chunks are merged: its first line that is left. */
struct run {
	struct key head;
	struct ev_buf line, id;
	struct ev_item *next, *end;
};

struct ev_ties {
	struct ev_event *ev;
	struct ev_again *again;
	struct key *keys;
	size_t n, cap;
	struct ev_buf lines, ids;
};

struct ev_ties *
ev_ties_new(const struct ev_model *model, struct ev_again *again)
{
	struct ev_ties *ties = ev_calloc(1, sizeof(*ties));

	ties->ev = ev_event_new(model);
	ties->again = again;
	return ties;
}

void
ev_ties_free(struct ev_ties *ties)
{
	if (ties == NULL)
		return;
	ev_event_free(ties->ev);
	free(ties->keys);
	ev_buf_clear(&ties->lines);
	ev_buf_clear(&ties->ids);
	free(ties);
}

static int
key_cmp(const struct key *a, const struct key *b)
{
	int diff = ev_ident_cmp(a->id, b->id);

	if (diff == 0)
		diff = ev_slice_cmp(a->line, b->line);
	if (diff == 0)
		diff = a->item.at < b->item.at ? -1 : a->item.at > b->item.at;
	return diff;
}

static int
key_sort_cmp(const void *a, const void *b)
{
	return key_cmp(a, b);
}

/* Reads a line and its id behind what the buffers hold. */
static int
load(struct ev_ties *ties, const struct ev_item *item, struct key *key,
    struct ev_buf *lines, struct ev_buf *ids, struct ev_err *err)
{
	*key = (struct key){ .item = *item };
	key->line_at = lines->n;
	key->id_at = ids->n;
	if (ev_again_line(ties->again, ev_item_source(item),
		ev_item_offset(item), item->length, lines, err) < 0)
		return -1;
	if (ev_item_has_time(item) &&
	    ev_event_read(ties->ev, lines->p + key->line_at, item->length) ==
		EV_SCAN_OK)
		ev_buf_addslice(ids, ev_event_text(ties->ev, EV_ID));
	key->id.n = ids->n - key->id_at;
	key->line.n = item->length;
	return 0;
}

/* The buffers grow no more: where the key's bytes are. */
static void
point(struct key *key, const struct ev_buf *lines, const struct ev_buf *ids)
{
	key->line.p = lines->p + key->line_at;
	key->id.p = key->id.n > 0 ? ids->p + key->id_at : "";
}

int
ev_ties_cmp(struct ev_ties *ties, const struct ev_item *a,
    const struct ev_item *b, int *diff, struct ev_err *err)
{
	struct key one, other;

	ev_buf_reset(&ties->lines);
	ev_buf_reset(&ties->ids);
	if (load(ties, a, &one, &ties->lines, &ties->ids, err) < 0 ||
	    load(ties, b, &other, &ties->lines, &ties->ids, err) < 0)
		return -1;
	point(&one, &ties->lines, &ties->ids);
	point(&other, &ties->lines, &ties->ids);
	*diff = ev_ident_cmp(one.id, other.id);
	if (*diff == 0)
		*diff = ev_slice_cmp(one.line, other.line);
	return 0;
}

/* Sorts a first chunk of the items; gives how many they are, 0: failed. */
static size_t
sort_chunk(
    struct ev_ties *ties, struct ev_item *items, size_t n, struct ev_err *err)
{
	size_t i;

	ties->n = 0;
	ev_buf_reset(&ties->lines);
	ev_buf_reset(&ties->ids);
	while (ties->n < n && ties->lines.n < CHUNK_BYTES) {
		if (ties->n == ties->cap) {
			ties->cap = ties->cap > 0 ? ties->cap * 2 : 64;
			ties->keys = ev_realloc(
			    ties->keys, ties->cap, sizeof(*ties->keys));
		}
		if (load(ties, &items[ties->n], &ties->keys[ties->n],
			&ties->lines, &ties->ids, err) < 0)
			return 0;
		ties->n++;
	}
	for (i = 0; i < ties->n; i++)
		point(&ties->keys[i], &ties->lines, &ties->ids);
	qsort(ties->keys, ties->n, sizeof(*ties->keys), key_sort_cmp);
	for (i = 0; i < ties->n; i++)
		items[i] = ties->keys[i].item;
	return ties->n;
}

/* Makes the run's next line its head: 1, 0 at its end, -1. */
static int
advance(struct ev_ties *ties, struct run *run, struct ev_err *err)
{
	if (run->next == run->end)
		return 0;
	ev_buf_reset(&run->line);
	ev_buf_reset(&run->id);
	if (load(ties, run->next++, &run->head, &run->line, &run->id, err) < 0)
		return -1;
	point(&run->head, &run->line, &run->id);
	return 1;
}

/* Lets the run at `at` sink in a heap whose least run is at 0. */
static void
sink(struct run **heap, size_t n, size_t at)
{
	struct run *run = heap[at];
	size_t child;

	for (; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n &&
		    key_cmp(&heap[child + 1]->head, &heap[child]->head) < 0)
			child++;
		if (key_cmp(&run->head, &heap[child]->head) <= 0)
			break;
		heap[at] = heap[child];
	}
	heap[at] = run;
}

/* Merges runs into `out`, which has room for all their items. */
static int
merge(struct ev_ties *ties, struct run **heap, size_t n, struct ev_item *out,
    struct ev_err *err)
{
	size_t i;
	int more;

	for (i = 0; i < n; i++)
		if (advance(ties, heap[i], err) < 0)
			return -1;
	for (i = n / 2; i-- > 0;)
		sink(heap, n, i);
	while (n > 0) {
		*out++ = heap[0]->head.item;
		more = advance(ties, heap[0], err);
		if (more < 0)
			return -1;
		if (more == 0)
			heap[0] = heap[--n];
		if (n > 0)
			sink(heap, n, 0);
	}
	return 0;
}

/* The chunks that end at ends[0..n) are sorted each for itself. */
static int
merge_chunks(struct ev_ties *ties, struct ev_item *items, const size_t *ends,
    size_t n, struct ev_err *err)
{
	struct ev_item *out = ev_realloc(NULL, ends[n - 1], sizeof(*out));
	struct run *runs = ev_calloc(n, sizeof(*runs));
	struct run **heap = ev_calloc(n, sizeof(struct run *));
	size_t i;
	int r;

	for (i = 0; i < n; i++) {
		runs[i].next = items + (i > 0 ? ends[i - 1] : 0);
		runs[i].end = items + ends[i];
		heap[i] = &runs[i];
	}
	r = merge(ties, heap, n, out, err);
	if (r == 0)
		memcpy(items, out, ends[n - 1] * sizeof(*out));
	for (i = 0; i < n; i++) {
		ev_buf_clear(&runs[i].line);
		ev_buf_clear(&runs[i].id);
	}
	free(heap);
	free(runs);
	free(out);
	return r;
}

int
ev_ties_sort(
    struct ev_ties *ties, struct ev_item *items, size_t n, struct ev_err *err)
{
	size_t *ends = NULL, chunks = 0, done = 0, got;
	int r = 0;

	while (done < n) {
		got = sort_chunk(ties, items + done, n - done, err);
		if (got == 0) {
			free(ends);
			return -1;
		}
		done += got;
		if (got == n)
			return 0;
		ends = ev_realloc(ends, chunks + 1, sizeof(*ends));
		ends[chunks++] = done;
	}
	if (chunks > 1)
		r = merge_chunks(ties, items, ends, chunks, err);
	free(ends);
	return r;
}
