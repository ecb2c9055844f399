#include "fsck/shot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/guard.h"
#include "store/part.h"
#include "store/view.h"

#define WAIT_MS 2000 /* for a writer; a stopped one holds nobody up */

static int
open_log(struct ev_shot *s, struct ev_err *err)
{
	struct stat st;

	s->log.chain.fd =
	    ev_dir_beside(&s->dir, s->dir.place->log, O_RDONLY, &st, err);
	if (s->log.chain.fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (ev_log_plain(&s->dir, s->log.chain.fd, err) < 0)
		return -1;
	s->log.chain.dir = s->dir.fd;
	s->log.chain.log = s->dir.place->log;
	s->log.size = (uint64_t)st.st_size;
	return 1;
}

static int
measure_days(struct ev_shot *s, struct ev_err *err)
{
	char name[EV_PART_SIZE];
	struct stat st;
	size_t i;

	if (ev_listing_read(&s->days, &s->dir, false, err) < 0)
		return -1;
	s->size = ev_calloc(s->days.count + 1, sizeof(*s->size));
	for (i = 0; i < s->days.count; i++) {
		ev_part_file(s->days.day[i], name);
		if (fstatat(s->dir.priv, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			s->size[i] = (uint64_t)st.st_size;
	}
	return 0;
}

/* What is no file in its place is told as it is of a day. */
static int
measure_feed(struct ev_shot *s, struct ev_err *err)
{
	const struct ev_place *place = s->dir.place;
	struct stat st;
	char *shown;

	s->feed =
	    fstatat(s->dir.fd, place->feed, &st, AT_SYMLINK_NOFOLLOW) == 0;
	s->feed_size = s->feed ? (uint64_t)st.st_size : 0;
	if (!s->feed || S_ISREG(st.st_mode))
		return 0;
	shown = ev_place_shown(place, place->feed);
	errno = S_ISLNK(st.st_mode) ? ELOOP : EINVAL;
	ev_guard_fail(shown, err);
	free(shown);
	return -1;
}

static int
look(struct ev_shot *s, struct ev_err *err)
{
	struct stat st;
	int r = open_log(s, err);

	if (r < 0 || measure_feed(s, err) < 0)
		return -1;
	if (s->dir.priv >= 0) {
		if (measure_days(s, err) < 0)
			return -1;
		s->state = fstatat(s->dir.priv, "state", &st,
			       AT_SYMLINK_NOFOLLOW) == 0;
		if (r == 1 && ev_views_load(&s->views, false, &s->are, err) < 0)
			return -1;
	}
	if (r == 1 &&
	    (ev_log_base(&s->log, &s->dir, err) < 0 ||
		ev_log_end(&s->log, &s->dir, &s->end, err) < 0))
		return -1;
	return r;
}

int
ev_shot_take(
    struct ev_shot *s, struct ev_place *place, bool keep, struct ev_err *err)
{
	int64_t until = ev_clock_mono() + WAIT_MS;
	struct ev_err why;
	int r;

	*s = (struct ev_shot){ .place = place,
		.dir = { .fd = -1, .priv = -1 },
		.log = EV_LOG_INIT,
		.lock = EV_LOCK_INIT,
		.are = EV_VIEWS_NONE,
		.views = { .state_fd = -1 } };
	if (ev_dir_open(&s->dir, place, err) < 0)
		return -1;
	ev_views_init(&s->views, &s->dir, &s->log);
	/* what cannot be locked can be looked at all the same */
	s->locked = ev_lock_borrow(&s->lock, &s->dir, until, &why) == 1;
	r = look(s, err);
	if (s->locked && !keep) {
		ev_lock_give(&s->lock);
		s->locked = false;
	}
	return r;
}

void
ev_shot_clear(struct ev_shot *s)
{
	if (s->locked)
		ev_lock_give(&s->lock);
	ev_lock_close(&s->lock);
	ev_views_clear(&s->views);
	ev_log_close(&s->log);
	ev_listing_clear(&s->days);
	free(s->size);
	ev_dir_close(&s->dir);
}

uint64_t
ev_shot_size(const struct ev_shot *s, int32_t day)
{
	size_t i;

	if (day == EV_VIEW_FEED)
		return s->feed_size;
	for (i = 0; i < s->days.count; i++)
		if (s->days.day[i] == day)
			return s->size[i];
	return 0;
}
