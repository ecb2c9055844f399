#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/find.h"
#include "store/hush.h"
#include "store/inside.h"
#include "store/write.h"

#define DEADLINE_MS 5000

/* Copies the place and takes its descriptor over. */
static void
take_place(struct ev_place *to, struct ev_place *from)
{
	*to = (struct ev_place)EV_PLACE_INIT;
	ev_place_set(
	    to, ev_strdup(from->dir), from->log, ev_strdup(from->shown));
	to->exists = from->exists;
	to->origin = from->origin;
	to->fd = from->fd;
	to->asked = from->asked;
	to->unsure = from->unsure;
	to->custom = from->custom;
	from->fd = -1;
	from->custom = NULL;
}

struct ev_store *
ev_store_open(struct ev_place *place, const struct ev_store_options *options,
    struct ev_err *err)
{
	struct ev_store *s = ev_calloc(1, sizeof(*s));

	take_place(&s->place, place);
	s->options = *options;
	if (s->options.deadline_ms <= 0)
		s->options.deadline_ms = DEADLINE_MS;
	if (ev_dir_open(&s->dir, &s->place, err) < 0) {
		ev_place_clear(&s->place);
		free(s);
		return NULL;
	}
	s->lock = (struct ev_lock)EV_LOCK_INIT;
	s->log = (struct ev_log)EV_LOG_INIT;
	ev_views_init(&s->views, &s->dir, &s->log);
	s->views.remember = options->sync == EV_SYNC_FULL;
	s->keep.views = &s->views;
	ev_admit_init(
	    &s->admit, &s->dir, &s->log, &s->views, options->on_conflict);
	s->admit.lookup.until = options->until;
	return s;
}

void
ev_store_close(struct ev_store *s)
{
	if (s == NULL)
		return;
	ev_admit_clear(&s->admit);
	ev_keep_clear(&s->keep);
	ev_views_clear(&s->views);
	ev_log_close(&s->log);
	ev_lock_close(&s->lock);
	ev_dir_close(&s->dir);
	ev_place_clear(&s->place);
	ev_buf_clear(&s->batch.bytes);
	free(s->batch.put);
	free(s->number);
	ev_buf_clear(&s->notes);
	free(s);
}

const char *
ev_store_notes(struct ev_store *s, bool verbose)
{
	ev_buf_reset(&s->notes);
	ev_buf_addslice(&s->notes, ev_buf_slice(&s->keep.said));
	if (verbose)
		ev_buf_addslice(&s->notes, ev_buf_slice(&s->keep.aside));
	ev_buf_reset(&s->keep.said);
	ev_buf_reset(&s->keep.aside);
	return ev_buf_str(&s->notes);
}

void
ev_store_until(struct ev_store *s, int64_t lock_by, int64_t until)
{
	s->options.lock_by = lock_by;
	s->options.until = until;
	s->admit.lookup.until = until;
}

int
ev_store_write(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	return ev_write(s, entries, count, err);
}

static int
rebuild_locked(struct ev_store *s, bool repair, struct ev_err *err)
{
	int r = ev_write_open(s, repair, err);
	uint64_t end;

	if (s->place.unsure)
		return ev_fail(
		    err, "the dialects of '%s' are wrong", s->place.shown);
	if (r == 0)
		return ev_fail(err, "there is no '%s'", s->place.shown);
	if (r < 0 || ev_log_end(&s->log, &s->dir, &end, err) < 0)
		return -1;
	if (repair && end != s->log.size &&
	    ev_append_seal(&s->log, &s->dir, err) < 0)
		return -1;
	return ev_keep_rebuild(&s->keep, err);
}

static int
rebuild(struct ev_store *s, bool repair, struct ev_err *err)
{
	int64_t until = ev_clock_mono() + s->options.deadline_ms;
	struct ev_hush hush;
	int r;

	if (ev_lock_take(&s->lock, &s->dir, until, err) != 1)
		return -1;
	ev_hush_begin(&hush);
	r = rebuild_locked(s, repair, err);
	ev_lock_give(&s->lock);
	ev_hush_end(&hush, r < 0);
	return r;
}

int
ev_store_rebuild(struct ev_store *s, struct ev_err *err)
{
	return rebuild(s, false, err);
}

int
ev_store_repair(struct ev_store *s, struct ev_err *err)
{
	return rebuild(s, true, err);
}

static int
upkeep_locked(struct ev_store *s,
    int (*fn)(void *arg, struct ev_views *views, struct ev_err *err), void *arg,
    struct ev_err *err)
{
	int r = ev_write_open(s, false, err);
	uint64_t end;
	bool anew;

	if (r == 0)
		return ev_fail(err, "there is no '%s'", s->place.shown);
	s->keep.until = INT64_MAX;
	if (r < 0 || ev_keep_load(&s->keep, &end, &anew, err) < 0)
		return -1;
	ev_keep_end(&s->keep, end);
	if (!s->keep.on || s->views.state.m != end || s->views.state.stale)
		return ev_fail(err,
		    "day files and feed of '%s' are not up to date; "
		    "ev-fsck --repair first",
		    s->place.shown);
	return fn(arg, &s->views, err);
}

int
ev_store_upkeep(struct ev_store *s,
    int (*fn)(void *arg, struct ev_views *views, struct ev_err *err), void *arg,
    struct ev_err *err)
{
	int64_t until = ev_clock_mono() + s->options.deadline_ms;
	struct ev_hush hush;
	int r;

	if (ev_lock_take(&s->lock, &s->dir, until, err) != 1)
		return -1;
	ev_hush_begin(&hush);
	r = upkeep_locked(s, fn, arg, err);
	ev_lock_give(&s->lock);
	ev_hush_end(&hush, r < 0);
	return r;
}

/* The end of the log's whole lines.  1, 0 there is no log, -1. */
static int
look(struct ev_store *s, uint64_t *end, struct ev_err *err)
{
	int r = ev_write_open(s, false, err);

	if (r == 1 &&
	    (ev_log_base(&s->log, &s->dir, err) < 0 ||
		ev_log_end(&s->log, &s->dir, end, err) < 0))
		return -1;
	return r;
}

static int
fail_read(const struct ev_store *s, struct ev_err *err)
{
	return ev_fail_errno(err, "cannot read '%s'", s->place.shown);
}

static struct ev_find
in_log(struct ev_store *s)
{
	return (
	    struct ev_find){ &s->log.chain, s->place.custom, s->options.until };
}

int
ev_store_last_id(struct ev_store *s, unsigned back,
    const struct ev_globs *types, struct ev_buf *id, struct ev_err *err)
{
	uint64_t end;
	int r = look(s, &end, err);

	if (r != 1)
		return r;
	r = ev_find_last(in_log(s), end, back, types, id);
	return r < 0 ? fail_read(s, err) : r;
}

int
ev_store_prefix_id(struct ev_store *s, const char *prefix, struct ev_buf *id,
    struct ev_err *err)
{
	uint64_t end;
	int r = look(s, &end, err);

	if (r != 1)
		return r;
	r = ev_find_prefix(in_log(s), end, ev_slice_of(prefix), id);
	if (r == 2)
		return ev_fail(err, "several ids of '%s' begin with \"%s\"",
		    s->place.shown, prefix);
	return r < 0 ? fail_read(s, err) : r;
}
