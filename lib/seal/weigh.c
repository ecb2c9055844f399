#include "seal/weigh.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What is known of one leaf. */
struct group {
	unsigned char hash[EV_SHA256_SIZE];
	bool present;
	uint64_t at;
	uint32_t n;
};

static size_t
tag_index(const struct ev_weigh_day *d, const void *tag)
{
	size_t i;

	for (i = 0; i < d->tags.n; i += EV_LEAF_TAG)
		if (memcmp(d->tags.p + i, tag, EV_LEAF_TAG) == 0)
			break;
	return i / EV_LEAF_TAG;
}

bool
ev_weigh_over(const struct ev_weigh_day *d, const struct ev_weighed *w,
    const struct ev_seal *other)
{
	return w->has[tag_index(d, other->root)];
}

/* Adds what the seals of a tag have.  Is it more? */
static bool
inherit(struct ev_weigh_day *d, struct ev_weighed *w, size_t tag)
{
	size_t i, j, ntags = d->tags.n / EV_LEAF_TAG;
	bool more = false;

	for (i = 0; i < d->n; i++) {
		if (d->v[i].own != tag)
			continue;
		for (j = 0; j < ntags; j++) {
			more |= d->v[i].has[j] && !w->has[j];
			w->has[j] |= d->v[i].has[j];
		}
	}
	return more;
}

/* The leaves of a seal are those of its tag and of the seals that it is over;
 * these may come later in the list, so until nothing changes. */
static void
close_over(struct ev_weigh_day *d)
{
	const struct ev_buf *over;
	bool more = true;
	size_t i, at;

	while (more) {
		more = false;
		for (i = 0; i < d->n; i++) {
			over = &d->v[i].seal->over;
			for (at = 0; at < over->n; at += EV_LEAF_TAG)
				more |= inherit(
				    d, &d->v[i], tag_index(d, over->p + at));
		}
	}
}

static void
begin(const struct ev_weigh *weigh, struct ev_weigh_day *d, int32_t day)
{
	const struct ev_seal *seal;
	size_t i, j, ntags;

	memset(d, 0, sizeof(*d));
	d->day = day;
	d->seals = ev_book_day(weigh->book, day, &d->nseals);
	d->v = ev_calloc(d->nseals + 1, sizeof(*d->v));
	for (i = 0; i < d->nseals; i++) {
		seal = &d->seals[i];
		if (seal->note)
			continue;
		d->v[d->n++].seal = seal;
		if (tag_index(d, seal->root) == d->tags.n / EV_LEAF_TAG)
			ev_buf_add(&d->tags, seal->root, EV_LEAF_TAG);
	}
	ntags = d->tags.n / EV_LEAF_TAG;
	d->seen = ev_calloc(ntags + 1, sizeof(size_t));
	for (i = 0; i < d->n; i++) {
		seal = d->v[i].seal;
		d->v[i].has = ev_calloc(ntags + 1, sizeof(bool));
		d->v[i].own = tag_index(d, seal->root);
		d->v[i].has[d->v[i].own] = true;
		for (j = 0; j < seal->over.n; j += EV_LEAF_TAG)
			d->v[i].has[tag_index(d, seal->over.p + j)] = true;
	}
	close_over(d);
}

static void
end(struct ev_weigh_day *d)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		free(d->v[i].has);
	free(d->v);
	free(d->seen);
	ev_buf_clear(&d->tags);
}

static bool
is_dropped(const struct ev_weigh_day *d, const unsigned char *hash)
{
	size_t i;

	for (i = 0; i < d->nseals; i++)
		if (d->seals[i].note &&
		    memcmp(d->seals[i].root, hash, EV_SHA256_SIZE) == 0)
			return true;
	return false;
}

/* Gives the leaf to the seals that have it.  Does one? */
static bool
to_seals(struct ev_weigh *weigh, struct ev_weigh_day *d, const struct group *g)
{
	bool sealed = false;
	size_t i, j;

	for (i = 0; i < d->n; i++) {
		for (j = 0; j < d->nseen; j++)
			if (d->v[i].has[d->seen[j]])
				break;
		if (j == d->nseen)
			continue;
		sealed = true;
		ev_merkle_add(&d->v[i].tree, weigh->sha, g->hash);
	}
	return sealed;
}

static int
take(struct ev_weigh *weigh, struct ev_weigh_day *d, const struct group *g,
    struct ev_err *err)
{
	bool sealed = to_seals(weigh, d, g);

	if (!g->present && !sealed)
		return 0;
	ev_merkle_add(&d->all, weigh->sha, g->hash);
	if (g->present) {
		ev_merkle_add(&d->log, weigh->sha, g->hash);
		d->bytes += g->n + 1;
	} else if (is_dropped(d, g->hash)) {
		d->dropped++;
#ifndef EV_MUTANT_NO_LEAVES
	} else {
		if (d->missing < EV_WEIGH_MISSING)
			memcpy(d->gone[d->missing], g->hash, EV_SHA256_SIZE);
		d->missing++;
#endif
	}
	if (!sealed && d->added++ < EV_WEIGH_ADDED)
		d->where[d->added - 1] = g->at;
	if (weigh->leaf == NULL)
		return 0;
	return weigh->leaf(weigh->arg, d->day, g->hash, sealed, err);
}

/* The records of one leaf; *next is the one behind.  1, 0 there is none, -1. */
static int
collect(struct ev_weigh *weigh, struct ev_weigh_day *d, struct ev_leaf *next,
    struct group *g, struct ev_err *err)
{
	size_t ntags = d->tags.n / EV_LEAF_TAG, i, j;
	int r;

	*g = (struct group){ 0 };
	memcpy(g->hash, next->hash, EV_SHA256_SIZE);
	d->nseen = 0;
	do {
		if (next->kind != EV_LEAF_LINE) {
			i = tag_index(d, next->tag);
			for (j = 0; j < d->nseen && d->seen[j] != i; j++)
				continue;
			d->strange += i == ntags;
			if (i < ntags && j == d->nseen)
				d->seen[d->nseen++] = i;
		} else if (!g->present) {
			g->present = true;
			g->at = next->at;
			g->n = next->n;
		}
		r = ev_heaped_next(weigh->heap, next, err);
	} while (r == 1 && next->day == d->day &&
	    memcmp(next->hash, g->hash, EV_SHA256_SIZE) == 0);
	return r;
}

/* All of a day.  1 more follows, 0, -1. */
static int
one_day(struct ev_weigh *weigh, struct ev_weigh_day *d, int more,
    struct ev_leaf *next, struct ev_err *err)
{
	struct group g;

	while (more == 1 && next->day == d->day) {
		more = collect(weigh, d, next, &g, err);
		if (more >= 0 && take(weigh, d, &g, err) < 0)
			more = -1;
	}
	if (more >= 0 && weigh->day(weigh->arg, d, err) < 0)
		more = -1;
	return more;
}

int
ev_weigh(struct ev_weigh *weigh, struct ev_err *err)
{
	struct ev_weigh_day *d = ev_malloc(sizeof(*d));
	const struct ev_book *book = weigh->book;
	struct ev_leaf next = { 0 };
	size_t i = 0, n;
	int32_t day;
	int r = ev_heaped_sort(weigh->heap, err);

	if (r == 0)
		r = ev_heaped_next(weigh->heap, &next, err);
	while (i < book->n && book->v[i].day < weigh->from)
		i++;
	while (r >= 0) {
		/* days with leaves, with a seal, or both */
		day = r == 1 ? next.day : INT32_MAX;
		if (i < book->n && book->v[i].day < weigh->to &&
		    book->v[i].day < day)
			day = book->v[i].day;
		if (day == INT32_MAX)
			break;
		begin(weigh, d, day);
		ev_book_day(book, day, &n);
		i += n;
		r = one_day(weigh, d, r, &next, err);
		end(d);
	}
	free(d);
	return r;
}
