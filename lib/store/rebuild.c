#include "store/rebuild.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/extend.h"
#include "store/listing.h"
#include "store/lost.h"
#include "store/packed.h"
#include "store/part.h"
#include "store/rows.h"
#include "store/sort.h"
#include "store/view.h"

#define FEED_TMP "feed.jsonl.tmp"
#define REST_TMP "20-rest.tmp"

int
ev_rebuild_later(struct ev_views *views, bool replaced, struct ev_err *err)
{
	struct ev_state *state = &views->state;

	state->stale = true;
	state->wide = false;
	ev_intent_clear(&views->intent);
	state->gen += replaced;
	if (replaced)
		state->fb = 0;
	state->m = state->fl = 0;
	state->mc = 0;
	state->parts = 0;
	return ev_views_save(views, err);
}

/* Puts a temporary file in a view's place. */
static int
put_in_place(
    const struct ev_dir *dir, int32_t day, const char *tmp, struct ev_err *err)
{
	const char *feed = dir->place->feed, *slash = strchr(feed, '/');
	char name[EV_PART_SIZE];
	const char *to = name;
	int at = dir->priv;

	if (day != EV_VIEW_FEED) {
		ev_part_file(day, name);
	} else if (slash != NULL) {
		to = slash + 1; /* in the private directory */
	} else {
		to = feed;
		at = dir->fd;
	}
	if (renameat(dir->priv, tmp, at, to) < 0)
		return ev_view_fail(dir, "replace", day, err);
	return 0;
}

/*
 * An old view against what it should be: 1 it was a beginning of that and is
 * it now; 0 there is none, or its lines that the log lacks are safe now and it
 * may go; -1.
 */
static int
settle_old(const struct ev_dir *dir, int32_t day, const struct ev_due *due,
    struct ev_lost *lost, struct ev_err *err)
{
	struct stat st;
	int fd, r;

	fd = ev_view_open(dir, day, O_RDWR | O_APPEND, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	r = ev_extend(fd, 0, (uint64_t)st.st_size, due);
	if (r < 0)
		ev_view_fail(dir, "extend", day, err);
	if (r == 0)
		r = ev_lost_keep(lost, fd, (uint64_t)st.st_size, err);
	close(fd);
	return r;
}

/* The lines of a day that follow on its compressed ones get a file of their own
 * in its plain one's place. */
static int
put_rest(const struct ev_dir *dir, int32_t day, const struct ev_due *rest,
    struct ev_err *err)
{
	struct stat st;
	int fd, r;

	fd = ev_dir_inside(
	    dir, REST_TMP, O_RDWR | O_APPEND | O_CREAT | O_TRUNC, &st, err);
	if (fd < 0)
		return -1;
	r = ev_extend(fd, 0, 0, rest);
	close(fd);
	if (r != 1)
		return ev_dir_fail(dir, "write", REST_TMP, err);
	return put_in_place(dir, day, REST_TMP, err);
}

static int
remove_old(const struct ev_dir *dir, const char *name, struct ev_err *err)
{
	if (unlinkat(dir->priv, name, 0) < 0 && errno != ENOENT)
		return ev_dir_fail(dir, "remove", name, err);
	return 0;
}

/* The plain file of a day gets what is due to it; tmp is the file with all of
 * the day. */
static int
settle_plain(const struct ev_dir *dir, int32_t day, const struct ev_due *due,
    const char *tmp, struct ev_lost *lost, struct ev_err *err)
{
	char name[EV_PART_SIZE];
	int r = settle_old(dir, day, due, lost, err);

	if (r < 0 || ev_lost_sync(lost, err) < 0)
		return -1;
	ev_part_file(day, name);
	if (r == 0 && due->n == 0)
		r = remove_old(dir, name, err);
	else if (r == 0 && due->at == 0)
		return put_in_place(dir, day, tmp, err);
	else if (r == 0)
		r = put_rest(dir, day, due, err);
	return r < 0 ? -1 : remove_old(dir, tmp, err);
}

static int
settle_part(const struct ev_sort *sort, int32_t day, bool packed,
    struct ev_lost *lost, struct ev_err *err)
{
	const struct ev_dir *dir = sort->views->dir;
	struct ev_heap *heap = ev_sort_heap(sort, day);
	struct ev_due due = { NULL, 0, -1, 0, NULL };
	char tmp[EV_SORT_NAME];
	struct stat st;
	int r = 0;

	ev_sort_name(day, tmp);
	if (heap != NULL) {
		due.n = heap->n;
		due.fd = ev_dir_inside(dir, tmp, O_RDONLY, &st, err);
		if (due.fd < 0)
			return -1;
	}
	if (packed)
		r = ev_packed_settle(dir, day, &due, lost, err);
	if (r >= 0)
		r = settle_plain(dir, day, &due, tmp, lost, err);
	if (due.fd >= 0)
		close(due.fd);
	if (heap != NULL)
		heap->n = due.n;
	return r;
}

static int
settle_feed(struct ev_views *views, uint64_t from, uint64_t to,
    struct ev_lost *lost, struct ev_err *err)
{
	struct ev_due due = { NULL, to - from, -1, from, &views->log->chain };
	const struct ev_dir *dir = views->dir;
	struct stat st;
	int fd, r;

	r = settle_old(dir, EV_VIEW_FEED, &due, lost, err);
	if (r != 0)
		return r;
	if (ev_lost_sync(lost, err) < 0)
		return -1;
	fd = ev_dir_inside(
	    dir, FEED_TMP, O_RDWR | O_APPEND | O_CREAT | O_TRUNC, &st, err);
	if (fd < 0)
		return -1;
	r = ev_extend(fd, 0, 0, &due);
	close(fd);
	if (r != 1)
		return ev_dir_fail(dir, "write", FEED_TMP, err);
	return put_in_place(dir, EV_VIEW_FEED, FEED_TMP, err);
}

/* All that was there and all that is new. */
static int
settle_parts(
    const struct ev_sort *sort, struct ev_lost *lost, struct ev_err *err)
{
	struct ev_listing listing;
	size_t i;
	int r = 0;

	if (ev_listing_read(&listing, sort->views->dir, false, err) < 0)
		return -1;
	for (i = 0; i < sort->count; i++)
		ev_listing_add(&listing, sort->heap[i].day);
	for (i = 0; i < listing.npacked; i++)
		ev_listing_add(&listing, listing.packed[i]);
	for (i = 0; r == 0 && i < listing.count; i++)
		r = settle_part(sort, listing.day[i],
		    ev_listing_packed(&listing, listing.day[i]), lost, err);
	ev_listing_clear(&listing);
	return r;
}

/* Notes the partition in the state. */
static int
note_part(
    struct ev_views *views, const struct ev_heap *heap, struct ev_err *err)
{
	struct ev_part part = { heap->day, 0, heap->n };
	struct stat st;
	int fd, r = 0;

	if (heap->n == 0) /* all of it is compressed */
		return 0;
	fd = ev_view_open(views->dir, heap->day, O_RDONLY, &st, err);
	if (fd < 0)
		return -1;
	if (ev_extend_tail(fd, heap->n, &part.crc, NULL) < 0)
		r = ev_view_fail(views->dir, "read", heap->day, err);
	close(fd);
	ev_state_use(&views->state, part);
	return r;
}

/* The partitions that got a line last, the very last one in front. */
static int
note_parts(
    struct ev_views *views, const struct ev_sort *sort, struct ev_err *err)
{
	static const struct ev_heap never;
	const struct ev_heap *last[EV_STATE_PARTS], *heap;
	uint64_t before = UINT64_MAX;
	size_t i, n;

	for (n = 0; n < EV_STATE_PARTS && n < sort->count; n++) {
		last[n] = &never;
		for (i = 0; i < sort->count; i++) {
			heap = &sort->heap[i];
			if (heap->used < before && heap->used > last[n]->used)
				last[n] = heap;
		}
		before = last[n]->used;
	}
	views->state.parts = 0;
	while (n > 0)
		if (note_part(views, last[--n], err) < 0)
			return -1;
	return 0;
}

static int
finish(struct ev_views *views, const struct ev_sort *sort, uint64_t feed,
    uint64_t to, struct ev_err *err)
{
	bool force = views->remember || views->rebooted;
	struct ev_state *state = &views->state;
	size_t i;

	if (note_parts(views, sort, err) < 0)
		return -1;
	if (ev_chain_tail(&views->log->chain, to, &state->mc, NULL) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	for (i = 0; force && i < sort->count; i++)
		if (sort->heap[i].n > 0) /* else all of it is compressed */
			ev_buf_add(&views->touched, &sort->heap[i].day,
			    sizeof(sort->heap[i].day));
	/* before the state calls them good */
	if (force && ev_views_sync(views, err) < 0)
		return -1;
	state->m = to;
	state->fb = feed;
	state->fl = to - feed;
	state->rv = ev_rows_routing(views->dir->place);
	state->packing = 0;
	state->stale = false;
	state->unforced = !force && to > 0;
	ev_state_boot(state->boot);
	return ev_views_save(views, err);
}

int
ev_rebuild(struct ev_views *views, bool replaced, uint64_t to, uint64_t *lost,
    struct ev_err *err)
{
	uint64_t feed = replaced || views->state.fb > to ? 0 : views->state.fb;
	struct ev_chain *log = &views->log->chain;
	bool known = views->state.seq > 0;
	struct ev_listing left;
	struct ev_lost keep;
	struct ev_sort sort;
	int r;

	*lost = 0;
	if (ev_chain_know(log) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	/* the feed is one piece of the log */
	if (feed < ev_chain_floor(log, to))
		feed = ev_chain_floor(log, to);
	/* no older state may call good what is half made, on the disk neither */
	if (ev_rebuild_later(views, replaced, err) < 0 ||
	    (known && ev_views_force(views, err) < 0) ||
	    ev_listing_read(&left, views->dir, true, err) < 0)
		return -1;
	ev_listing_clear(&left);
	ev_lost_init(&keep, views->dir, log, to);
	r = ev_sort(&sort, views, to, err);
	if (r == 0)
		r = settle_parts(&sort, &keep, err);
	if (r == 0 && settle_feed(views, feed, to, &keep, err) < 0)
		r = -1;
	if (r == 0)
		r = finish(views, &sort, feed, to, err);
	*lost = keep.count;
	ev_sort_end(&sort);
	ev_lost_clear(&keep);
	return r;
}
