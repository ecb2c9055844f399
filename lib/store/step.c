#include "store/step.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/view.h"

/* A view's file while a step extends it. */
struct file {
	int fd;
	int32_t day;   /* or EV_VIEW_FEED */
	uint64_t have; /* bytes of it that count */
	uint64_t size; /* bytes that it has */
};

static int
open_file(const struct ev_views *views, struct file *file, int32_t day,
    struct ev_err *err)
{
	struct stat st;

	file->day = day;
	file->fd = ev_view_open(
	    views->dir, day, O_RDWR | O_APPEND | O_CREAT, &st, err);
	if (file->fd < 0)
		return -1;
	file->size = (uint64_t)st.st_size;
	return 0;
}

/* A partition of which nobody noted the length counts as it is. */
static int
measure(const struct ev_views *views, struct ev_share *share,
    struct ev_part *part, struct ev_err *err)
{
	struct file file;
	char last;
	int r = 1;

	if (open_file(views, &file, share->day, err) < 0)
		return -1;
	*part = (struct ev_part){ share->day, 0, file.size };
	share->have = file.size;
	if (ev_extend_tail(file.fd, file.size, &part->crc, &last) < 0)
		r = ev_view_fail(views->dir, "read", share->day, err);
	else if (last != '\n')
		r = ev_view_bad(views->dir, share->day, err);
	close(file.fd);
	return r;
}

/* A step that the state cannot keep in mind.  Who goes on with one that ended
 * in its middle has its partitions again, and maybe more (struct ev_chunk). */
static bool
is_wide(const struct ev_views *views)
{
	return views->chunk.shares > EV_STATE_FIT;
}

/* Notes the lengths of all partitions of a wide step. */
static int
intend_wide(struct ev_views *views, struct ev_err *err)
{
	const struct ev_chunk *chunk = &views->chunk;
	int32_t day[EV_CHUNK_SHARES];
	size_t i;

	for (i = 0; i < chunk->shares; i++) {
		day[i] = chunk->share[i].day;
		ev_intent_set(&views->intent, day[i], chunk->share[i].have);
	}
	views->state.wide = true;
	return ev_intent_write(
	    &views->intent, views->dir, &views->state, day, chunk->shares, err);
}

/*
 * Settles from where each partition is extended.  *intent: some were not
 * known, so that the state must be written before.
 */
static int
settle_lengths(struct ev_views *views, bool *intent, struct ev_err *err)
{
	struct ev_chunk *chunk = &views->chunk;
	const struct ev_part *known;
	struct ev_share *share;
	struct ev_part part;
	bool wide = is_wide(views);
	size_t i;
	int r;

	for (i = 0; i < chunk->shares; i++) {
		share = &chunk->share[i];
		known = ev_state_part(&views->state, share->day);
		if (known == NULL)
			continue;
		share->have = known->n;
		part = *known;
		ev_state_use(&views->state, part);
	}
	/* the known ones are in front now, so that none of them falls out */
	for (i = 0; i < chunk->shares; i++) {
		share = &chunk->share[i];
		if (ev_state_part(&views->state, share->day) != NULL ||
		    ev_intent_had(&views->intent, share->day, &share->have))
			continue;
		r = measure(views, share, &part, err);
		if (r != 1)
			return r;
		*intent = true;
		if (!wide)
			ev_state_use(&views->state, part);
	}
	return wide && *intent && intend_wide(views, err) < 0 ? -1 : 1;
}

static int
open_feed(
    struct ev_views *views, struct file *feed, bool *intent, struct ev_err *err)
{
	struct ev_state *state = &views->state;

	if (open_file(views, feed, EV_VIEW_FEED, err) < 0)
		return -1;
	if (feed->size == 0 && state->fl > 0) {
		/* it was taken away: a new one begins here */
		state->fb = state->m;
		state->fl = 0;
		*intent = true;
	}
	feed->have = state->fl;
#ifdef EV_MUTANT_FEED_UNVERIFIED
	feed->have = feed->size;
#endif
	return 1;
}

/* The checksum of the end of a log that just grew by what was due. */
static int
tail_of(
    struct ev_chain *of, uint64_t end, const struct ev_due *due, uint32_t *crc)
{
	if (due->p == NULL || due->n < EV_STATE_TAIL)
		return ev_chain_tail(of, end, crc, NULL);
	*crc = ev_crc32c(0, due->p + due->n - EV_STATE_TAIL, EV_STATE_TAIL);
	return 0;
}

static int
extend(const struct ev_views *views, const struct file *file,
    const struct ev_due *due, struct ev_err *err)
{
	int r = ev_extend(file->fd, file->have, file->size, due);

	if (r < 0)
		return ev_view_fail(views->dir, "extend", file->day, err);
	return r == 0 ? ev_view_bad(views->dir, file->day, err) : 1;
}

static int
extend_part(
    struct ev_views *views, const struct ev_share *share, struct ev_err *err)
{
	struct ev_part part = { share->day, 0, share->have + share->due.n };
	struct file file = { .have = share->have };
	struct ev_chain in;
	int r;

	if (open_file(views, &file, share->day, err) < 0)
		return -1;
	r = extend(views, &file, &share->due, err);
	in = EV_CHAIN_FILE(file.fd);
	if (r == 1 && tail_of(&in, part.n, &share->due, &part.crc) < 0)
		r = ev_view_fail(views->dir, "read", share->day, err);
	close(file.fd);
	if (r == 1)
		ev_state_use(&views->state, part);
	return r;
}

/* Notes a partition for ev_views_sync. */
static void
remember(struct ev_views *views, int32_t day)
{
	const char *p = views->touched.p, *end = p + views->touched.n;

	for (; p < end; p += sizeof(day))
		if (memcmp(p, &day, sizeof(day)) == 0)
			return;
	ev_buf_add(&views->touched, &day, sizeof(day));
}

/* Applies the chunk; the state is written last. */
static int
extend_all(struct ev_views *views, const struct file *feed, struct ev_err *err)
{
	const struct ev_chunk *chunk = &views->chunk;
	struct ev_state *state = &views->state;
	size_t i;
	int r = extend(views, feed, &chunk->all, err);

	for (i = 0; r == 1 && i < chunk->shares; i++) {
		if (views->remember)
			remember(views, chunk->share[i].day);
		r = extend_part(views, &chunk->share[i], err);
	}
	if (r != 1)
		return r;
	state->m += chunk->all.n;
	state->fl += chunk->all.n;
	state->wide = false;
	ev_intent_clear(&views->intent);
	if (tail_of(&views->log->chain, state->m, &chunk->all, &state->mc) < 0)
		return ev_fail_errno(
		    err, "cannot read '%s'", views->dir->place->shown);
	return ev_views_save(views, err) < 0 ? -1 : 1;
}

int
ev_step(struct ev_views *views, struct ev_err *err)
{
	struct file feed = { .fd = -1 };
	bool intent = false;
	int r = open_feed(views, &feed, &intent, err);

	if (r == 1)
		r = settle_lengths(views, &intent, err);
	if (r == 1 && intent && ev_views_save(views, err) < 0)
		r = -1;
	if (r == 1)
		r = extend_all(views, &feed, err);
	if (feed.fd >= 0)
		close(feed.fd);
	return r;
}
