#include "store/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "store/drain.h"
#include "store/hush.h"
#include "store/learn.h"
#include "store/rotate.h"
#include "store/round.h"

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
	if (ev_log_base(&s->log, &s->dir, err) < 0 ||
	    ev_log_end(&s->log, &s->dir, &end, err) < 0)
		return -1;
	return ev_learn(&s->admit.lookup, entries, count, end, err);
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
	r = ev_round(s, d->parcels.entry, d->parcels.n, end, false, err);
	s->admit.on_conflict = how;
	s->draining = false;
	ev_admit_end(&s->admit, r < 0);
	if (r < 0)
		return -1;
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
	if (ev_round(s, entries, count, &end, anew, err) < 0)
		return -1;
	ev_keep_end(&s->keep, end);
	return 0;
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

/* What was written went into a file that is a segment by now, maybe behind its
 * end. */
static int
catch_up(struct ev_store *s, struct ev_err *err)
{
	struct ev_segment *list;
	struct ev_err why;
	uint64_t end = UINT64_MAX;
	size_t count, i;
	bool locked;
	int fd, r = 0;

	if (ev_segment_list(s->dir.fd, s->place.log, &list, &count) < 0)
		return ev_fail_errno(err, "cannot follow '%s'", s->place.shown);
	for (i = 0; i < count; i++)
		if (ev_same_file(
			list[i].dev, list[i].ino, s->log.dev, s->log.ino))
			end = list[i].end - list[i].from;
	free(list);
	if (end == UINT64_MAX) /* it was replaced, by whomever */
		return 0;
	fd = fcntl(s->log.chain.fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (fd < 0)
		return ev_fail_errno(err, "cannot follow '%s'", s->place.shown);
	/* most likely it was who rotates that held the lock */
	locked = ev_lock_take(&s->lock, &s->dir, lock_until(s), &why) == 1;
	if (ev_write_open(s, true, err) < 0 ||
	    ev_log_base(&s->log, &s->dir, err) < 0 ||
	    ev_rotate_catch(&s->log, &s->dir, fd, end, err) < 0)
		r = -1;
	if (locked)
		ev_lock_give(&s->lock);
	close(fd);
	return r;
}

/* Has the log's name gone to another file while it was written? */
static int
rejoin(struct ev_store *s, struct ev_err *err)
{
	struct stat st;

	if (fstatat(s->dir.fd, s->place.log, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ?
		    0 :
		    ev_fail_errno(err, "cannot follow '%s'", s->place.shown);
	if (ev_same_file(st.st_dev, st.st_ino, s->log.dev, s->log.ino))
		return 0;
	return catch_up(s, err);
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
	if (ev_log_base(&s->log, &s->dir, err) < 0 ||
	    ev_log_end(&s->log, &s->dir, &end, err) < 0)
		return -1;
	s->was_empty = s->log.size == 0;
	if (ev_round(s, entries, count, &end, false, err) < 0)
		return -1;
	return rejoin(s, err);
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
