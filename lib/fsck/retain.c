#include "fsck/retain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "fsck/feeds.h"
#include "fsck/need.h"
#include "fsck/aside.h"
#include "fsck/truth.h"
#include "store/dayfile.h"
#include "store/lines.h"
#include "store/lost.h"
#include "store/part.h"
#include "store/store.h"
#include "store/view.h"

/* Bytes that a day takes. */
static uint64_t
size_of(struct ev_shot *shot, int32_t day)
{
	uint64_t n = ev_shot_size(shot, day);
	char name[EV_PART_SIZE];
	struct stat st;

	ev_part_packed(day, name);
	if (fstatat(shot->dir.priv, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		n += (uint64_t)st.st_size;
	return n;
}

/* All days that have files, compressed or not, in order. */
static int
all_days(struct ev_listing *days, const struct ev_dir *dir, struct ev_err *err)
{
	size_t i;

	if (ev_listing_read(days, dir, false, err) < 0)
		return -1;
	for (i = 0; i < days->npacked; i++)
		ev_listing_add(days, days->packed[i]);
	return 0;
}

/* Where the days begin that are to stay. */
static int32_t
first_kept(const struct ev_retention *c, struct ev_shot *shot,
    const struct ev_listing *days)
{
	uint64_t left = c->what->size, size;
	size_t i;

	if (!c->what->by_size)
		return c->what->day;
	for (i = days->count; i > 0 && days->day[i - 1] >= 0; i--) {
		size = size_of(shot, days->day[i - 1]);
		if (size > left)
			return days->day[i - 1] + 1;
		left -= size;
	}
	return 0;
}

/* Has a cursor of its own, or of the log, something to read in the day?  1, 0,
 * -1. */
static int
is_needed(struct ev_retention *c, struct ev_shot *shot,
    const struct ev_truth *truth, int32_t day, const char *path,
    struct ev_err *err)
{
	const struct ev_truth_day *held = ev_truth_day(truth, day);
	struct ev_need own = { .least = UINT64_MAX };
	struct stat st;
	int fd, r;

	if (held != NULL && held->last >= c->need.least) {
		ev_retention_needed(c, path, &c->need);
		return 1;
	}
	fd = ev_view_open(&shot->dir, day, O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	r = ev_need_file(
	    &own, path, fd, (uint64_t)st.st_size, shot->place->custom, err);
	close(fd);
	if (r < 0 || own.least == UINT64_MAX)
		return r;
	ev_retention_needed(c, path, &own);
	return 1;
}

/* Settles which days go: up to the first that is needed. */
static int
choose(struct ev_retention *c, struct ev_shot *shot,
    const struct ev_truth *truth, struct ev_err *err)
{
	struct ev_listing days;
	int32_t before;
	char *path;
	size_t i;
	int r;

	if (all_days(&days, &shot->dir, err) < 0)
		return -1;
	before = first_kept(c, shot, &days);
	for (i = 0, r = 0; r == 0 && i < days.count; i++) {
		if (days.day[i] >= before)
			break;
		if (days.day[i] == EV_PART_REJECTED)
			continue;
		path = ev_dayfile_shown(&shot->dir, days.day[i],
		    ev_shot_size(shot, days.day[i]) == 0);
		r = is_needed(c, shot, truth, days.day[i], path, err);
		free(path);
		if (r == 0)
			c->floor = days.day[i] + 1;
	}
	ev_listing_clear(&days);
	return r < 0 ? -1 : 0;
}

/* What is needed, and which days go, as far as it can be told without the
 * lock: cursors only go on, and what comes late is in the log. */
static int
look(struct ev_retention *c, const struct ev_place *place, struct ev_err *err)
{
	struct ev_place again = ev_aside_place(place);
	struct ev_truth truth = { 0 };
	struct ev_shot shot;
	int r = ev_shot_take(&shot, &again, false, err);

	if (r == 0)
		r = ev_fail(err, "there is no '%s'", place->shown);
	if (r == 1)
		r = ev_truth_read(&truth, &shot.dir, &shot.log.chain,
		    &shot.views.route, shot.end, shot.end, err);
	if (r == 0)
		r = ev_need_log(&c->need, &shot, err);
	if (r == 0 && shot.dir.priv >= 0)
		r = choose(c, &shot, &truth, err);
	ev_truth_clear(&truth);
	ev_shot_clear(&shot);
	ev_place_clear(&again);
	return r;
}

/* All lines of a day are in the log, or in lost.jsonl. */
static int
prove(struct ev_retention *c, const struct ev_dir *dir, int32_t day,
    struct ev_err *err)
{
	struct ev_dayfile file;
	uint64_t n;
	int r = ev_dayfile_open(&file, dir, day, err), fd;

	if (r == 1) {
		fd = ev_dayfile_whole(&file, &n, err);
		r = fd < 0 ? -1 : ev_lost_keep(&c->lost, fd, n, err);
	}
	ev_dayfile_close(&file);
	return r < 0 ? -1 : 0;
}

static int
drop_day(struct ev_retention *c, const struct ev_dir *dir, int32_t day,
    struct ev_err *err)
{
	char name[EV_PART_SIZE], *path;
	bool packed;

	for (packed = false;; packed = true) {
		if (packed)
			ev_part_packed(day, name);
		else
			ev_part_file(day, name);
		path = ev_dayfile_shown(dir, day, packed);
		if (unlinkat(dir->priv, name, 0) == 0)
			ev_retention_done(
			    c, path, "dropped", "its lines are in the log");
		else if (errno != ENOENT)
			return ev_dir_fail(dir, "remove", name, err);
		free(path);
		if (packed)
			return 0;
	}
}

/* The state says that the days are gone, then they go. */
static int
drop_days(struct ev_retention *c, struct ev_views *views, struct ev_err *err)
{
	struct ev_state *state = &views->state;
	struct ev_listing days;
	size_t i;
	int r = all_days(&days, views->dir, err);

	for (i = 0; r == 0 && i < days.count; i++)
		if (days.day[i] >= 0 && days.day[i] < c->floor)
			r = prove(c, views->dir, days.day[i], err);
	if (r == 0)
		r = ev_lost_sync(&c->lost, err);
	if (r == 0 && state->floor < (uint64_t)c->floor)
		state->floor = (uint64_t)c->floor;
	for (i = 0; r == 0 && i < days.count; i++)
		if (ev_state_dropped(state, days.day[i]))
			ev_state_forget(state, days.day[i]);
	if (r == 0)
		r = ev_views_save(views, err);
	if (r == 0)
		r = ev_views_force(views, err);
	for (i = 0; r == 0 && i < days.count; i++)
		if (days.day[i] >= 0 && days.day[i] < c->floor)
			r = drop_day(c, views->dir, days.day[i], err);
	ev_listing_clear(&days);
	return r;
}

static int
drop(void *arg, struct ev_views *views, struct ev_err *err)
{
	struct ev_retention *c = arg;
	int r;

	ev_lost_init(&c->lost, views->dir, &views->log->chain, views->state.m);
	r = drop_days(c, views, err);
	if (r == 0)
		r = ev_feeds_drop(c, views, err);
	ev_lost_clear(&c->lost);
	return r;
}

int
ev_retain(const struct ev_place *place, const struct ev_retain *what,
    struct ev_findings *findings, struct ev_err *err)
{
	const struct ev_store_options options = { .sync = EV_SYNC_FULL };
	struct ev_retention c = { .what = what, .findings = findings };
	struct ev_place again = ev_aside_place(place);
	struct ev_store *store;
	int r;

	r = look(&c, place, err);
	store = r == 0 ? ev_store_open(&again, &options, err) : NULL;
	if (store == NULL)
		r = -1;
	if (r == 0)
		r = ev_store_upkeep(store, drop, &c, err);
	ev_store_close(store);
	ev_place_clear(&again);
	return r;
}
