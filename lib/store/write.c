#include "store/write.h"

#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/drain.h"
#include "store/find.h"
#include "store/hush.h"
#include "store/learn.h"
#include "store/route.h"
#include "store/spool.h"

#define GROUP_BYTES (1u << 20) /* of one write(2) */
#define TOMORROW 86400
#define IMPATIENT 100 /* a second wait for the lock is so much shorter */

int
ev_write_open(struct ev_store *s, bool make, struct ev_err *err)
{
	bool anew;
	int r = ev_log_open(&s->log, &s->dir, make, &anew, err);

	if (anew)
		ev_learn_forget(&s->admit.lookup);
	return r;
}

/* The table of known lines is made before the lock as far as it can be. */
static int
learn_early(struct ev_store *s, const struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	uint64_t end;
	int r;

	if (!ev_learn_compares(entries, count))
		return 0;
	r = ev_write_open(s, false, err);
	if (r != 1)
		return r;
	if (ev_log_end(&s->log, &s->dir, &end, err) < 0)
		return -1;
	return ev_learn(&s->admit.lookup, entries, count, end, err);
}

static void
batch_reset(struct ev_store *s)
{
	ev_buf_reset(&s->batch.bytes);
	ev_buf_addc(&s->batch.bytes, '\n');
	s->batch.count = 0;
}

static void
batch_add(struct ev_store *s, const struct ev_entry *e, size_t number)
{
	struct ev_batch *b = &s->batch;

	if (b->count == s->cap) {
		s->cap = s->cap < 16 ? 16 : s->cap * 2;
		b->put = ev_realloc(b->put, s->cap, sizeof(*b->put));
		s->number = ev_realloc(s->number, s->cap, sizeof(*s->number));
	}
	b->put[b->count] = (struct ev_put){ b->bytes.n, e->line.n + 1,
		ev_route_known(e->line.n, e->has_time, e->time), EV_NOWHERE };
	s->number[b->count++] = number;
	ev_buf_addslice(&b->bytes, ev_buf_slice(&e->line));
	ev_buf_addc(&b->bytes, '\n');
}

/* W4, W6, W7 for what the batch holds. */
static int
flush(struct ev_store *s, struct ev_err *err)
{
	bool space = s->options.sync != EV_SYNC_NONE || s->options.atomic;
	size_t i;

	if (s->batch.count == 0)
		return 0;
	if (ev_append(&s->log, &s->dir, &s->batch, s->seal || !s->locked, space,
		err) < 0)
		return -1;
	s->seal = false;
	s->wrote = true;
	memcpy(s->views.state.last, s->admit.last, EV_UUID_SIZE);
	for (i = 0; i < s->batch.count; i++)
		ev_admit_placed(&s->admit, s->number[i], s->batch.put[i].at);
	if (ev_learn_wrote(&s->admit.lookup, &s->batch, err) < 0)
		return -1;
	if (s->locked)
		ev_keep_follow(&s->keep, &s->batch, s->log.size);
	batch_reset(s);
	return 0;
}

static int
write_groups(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	size_t i, number = 0;
	int r;

	s->wrote = false;
	batch_reset(s);
	for (i = 0; i < count; i++) {
		if (s->batch.bytes.n + entries[i].line.n + EV_IDENT_SIZE >
			GROUP_BYTES &&
		    flush(s, err) < 0)
			return -1;
		r = ev_admit(&s->admit, i, &number, err);
		if (r < 0)
			return -1;
		if (r == 1)
			batch_add(s, &entries[i], number);
	}
	return flush(s, err);
}

/* Whether the log is longer now, so that some lines may be there. */
static bool
has_grown(const struct ev_store *s, uint64_t size)
{
	struct stat st;

	return fstat(s->log.fd, &st) < 0 || (uint64_t)st.st_size != size;
}

/*
 * All of them in one write, or none.  Lines that are in the log stay there
 * (I2): so before the first is, all are in the spool, and who comes after a
 * kill or a failure in the middle writes the rest (I6).
 */
static int
write_whole(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	uint64_t size = s->log.size;
	char name[EV_SPOOL_NAME];
	struct ev_err why;
	size_t i, number = 0;
	int r;

	s->wrote = false;
	batch_reset(s);
	for (i = 0; i < count; i++) {
		r = ev_admit(&s->admit, i, &number, err);
		if (r == 1)
			batch_add(s, &entries[i], number);
		else if (entries[i].result == EV_REFUSED)
			r = ev_fail(err,
			    "-:%zu: its id is in the log with other content",
			    entries[i].number);
		if (r < 0)
			return -1;
	}
	if (s->batch.count == 0)
		return 0;
	if (ev_spool_put(&s->place, entries, count, name, err) < 0)
		return -1;
	r = flush(s, &why);
	if (r < 0)
		ev_fail(err, "%s", why.text);
	if (r == 0 || !has_grown(s, size))
		ev_spool_remove(&s->place, name);
	else
		ev_fail(err,
		    "%s; some events are in the log, the next ev-emit writes "
		    "the rest",
		    why.text);
	return r;
}

/* Ids that are made now are to be later than those of the log.  The state
 * knows the last one; without it the log's end is looked through. */
static void
catch_up_last(struct ev_store *s, const struct ev_entry *entries, size_t count,
    uint64_t end, bool anew)
{
	const char *known = s->views.state.last;
	struct timespec bound = ev_clock_real();
	char most[EV_UUID_SIZE], last[EV_UUID_SIZE];
	size_t i;

	if (strcmp(known, s->admit.last) > 0)
		memcpy(s->admit.last, known, EV_UUID_SIZE);
	for (i = 0; i < count && entries[i].identity != EV_NEW_UUID;)
		i++;
	if (i == count || (known[0] != '\0' && !anew) || end == 0)
		return;
	/* what a wrong clock dates into the future binds nobody */
	bound.tv_sec += TOMORROW;
	ev_uuid7(bound, NULL, most);
	if (ev_find_uuid(s->log.fd, end, most, last) == 0 &&
	    strcmp(last, s->admit.last) > 0)
		memcpy(s->admit.last, last, EV_UUID_SIZE);
}

/* W5 and on, for a log of which `end` bytes are whole lines. */
static int
write_round(struct ev_store *s, struct ev_entry *entries, size_t count,
    uint64_t end, bool anew, struct ev_err *err)
{
	s->seal = end != s->log.size;
	catch_up_last(s, entries, count, end, anew);
	if (ev_learn(&s->admit.lookup, entries, count, end, err) < 0 ||
	    ev_admit_begin(&s->admit, entries, count, s->keep.on, end, err) < 0)
		return -1;
	if (s->options.atomic && !s->draining)
		return write_whole(s, entries, count, err);
	return write_groups(s, entries, count, err);
}

/* The entries of the spool that were read, to the log.  0 or -1. */
static int
write_parcels(
    struct ev_store *s, struct ev_drain *d, uint64_t *end, struct ev_err *err)
{
	enum ev_on_conflict how = s->admit.on_conflict;
	int r;

	s->admit.on_conflict = EV_ON_CONFLICT_WRITE;
	s->draining = true;
	r = write_round(s, d->parcels.entry, d->parcels.n, *end, false, err);
	s->admit.on_conflict = how;
	s->draining = false;
	ev_admit_end(&s->admit, r < 0);
	if (r < 0)
		return -1;
	if (s->wrote)
		*end = s->log.size;
	ev_drain_done(d);
	return 0;
}

/*
 * What waits in the spool goes before what is to be written now.  When it
 * cannot, or time is up, it stays there: it holds no other event up.
 */
static void
drain(struct ev_store *s, uint64_t *end)
{
	struct ev_drain d;
	struct ev_err why;
	size_t n = 0;
	bool time;

	if (!ev_drain_begin(&d, &s->place))
		return;
	while ((time = ev_clock_mono() < s->keep.until) &&
	    ev_drain_next(&d, &why) > 0) {
		if (why.text[0] != '\0')
			ev_keep_say(&s->keep, false, "%s", why.text);
		if (write_parcels(s, &d, end, &why) < 0) {
			ev_keep_say(&s->keep, false,
			    "events wait on in '%s': %s", d.path.p, why.text);
			break;
		}
		n += d.parcels.n;
	}
	if (n > 0)
		ev_keep_say(&s->keep, true,
		    "%zu event%s of the spool '%s' written%s", n,
		    n == 1 ? "" : "s", d.path.p,
		    time ? "" : "; others wait on");
	ev_drain_end(&d);
}

static int
write_locked(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	uint64_t end;
	bool anew;

	if (ev_write_open(s, true, err) < 0 ||
	    ev_keep_load(&s->keep, &end, &anew, err) < 0)
		return -1;
	s->was_empty = s->log.size == 0;
	drain(s, &end);
	if (write_round(s, entries, count, end, anew, err) < 0)
		return -1;
	ev_keep_end(&s->keep, s->wrote ? s->log.size : end);
	return 0;
}

/* 2.4: the lock was not had.  No view is touched; the state may be read. */
static int
write_unlocked(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	enum ev_views_are are;
	uint64_t end;

	if (ev_write_open(s, true, err) < 0)
		return -1;
	s->keep.on = ev_views_load(&s->views, false, &are, NULL) == 0 &&
	    are == EV_VIEWS_FRESH;
	if (ev_log_end(&s->log, &s->dir, &end, err) < 0)
		return -1;
	s->was_empty = s->log.size == 0;
	return write_round(s, entries, count, end, false, err);
}

/* W9 */
static int
make_durable(struct ev_store *s, struct ev_err *err)
{
	if (s->options.sync == EV_SYNC_NONE)
		return 0;
	if (ev_log_sync(&s->log, &s->dir, err) < 0)
		return -1;
	if (s->options.sync == EV_SYNC_FULL)
		return ev_views_sync(&s->views, err);
	return s->was_empty ? ev_dir_sync(&s->dir, err) : 0;
}

/*
 * How long the lock is waited for.  Who held it all the time before, stopped
 * most likely, does not hold up each part of a long input anew.
 */
static int64_t
lock_until(const struct ev_store *s)
{
	int64_t wait = s->options.deadline_ms, by = s->options.lock_by, until;

	until = ev_clock_mono() + (s->lock.late ? wait / IMPATIENT : wait);
	return by > 0 && by < until ? by : until;
}

int
ev_write(struct ev_store *s, struct ev_entry *entries, size_t count,
    struct ev_err *err)
{
	struct ev_hush hush;
	struct ev_err why;
	int r;

	if (learn_early(s, entries, count, err) < 0)
		return -1;
	s->keep.until = ev_clock_mono() + s->options.deadline_ms;
	if (s->options.until > 0 && s->options.until < s->keep.until)
		s->keep.until = s->options.until;
	r = ev_lock_take(&s->lock, &s->dir, lock_until(s), &why);
	if (r < 0)
		return ev_fail(err, "%s", why.text);
	s->locked = r == 1;
	ev_hush_begin(&hush);
	if (s->locked) {
		r = write_locked(s, entries, count, err);
		ev_lock_give(&s->lock);
	} else if (s->options.atomic) {
		r = ev_fail(err, "%s; nothing is written", why.text);
	} else {
		r = write_unlocked(s, entries, count, err);
		if (r == 0)
			ev_keep_say(&s->keep, s->lock.late,
			    "%s; written without the lock", why.text);
	}
	ev_hush_end(&hush, r < 0 || !s->keep.on);
	ev_admit_end(&s->admit, r < 0);
	return r < 0 ? -1 : make_durable(s, err);
}
