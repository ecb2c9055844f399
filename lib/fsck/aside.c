#include "fsck/aside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "fsck/lack.h"
#include "store/extend.h"
#include "store/layout.h"
#include "store/part.h"
#include "store/view.h"

struct ev_place
ev_aside_place(const struct ev_place *place)
{
	struct ev_place again = EV_PLACE_INIT;

	ev_place_set(
	    &again, ev_strdup(place->dir), place->log, ev_strdup(place->shown));
	again.exists = place->exists;
	again.origin = place->origin;
	return again;
}

/* A second name, in the private directory, for what a rebuild may replace. */
static int
link_aside(
    const struct ev_dir *dir, int at, const char *name, struct ev_err *err)
{
	const char *slash = strrchr(name, '/');
	char bad[EV_PART_SIZE + 16];
	int i;

	for (i = 0; i < 1000; i++) {
		snprintf(bad, sizeof(bad), "%s.%d.bad",
		    slash != NULL ? slash + 1 : name, i);
		if (linkat(at, name, dir->priv, bad, 0) == 0 || errno == ENOENT)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return ev_dir_fail(dir, "make", bad, err);
}

static int
link_view(const struct ev_dir *dir, int32_t day, struct ev_err *err)
{
	char name[EV_PART_SIZE];

	if (day == EV_VIEW_FEED)
		return link_aside(dir, dir->fd, dir->place->feed, err);
	ev_part_file(day, name);
	if (link_aside(dir, dir->priv, name, err) < 0)
		return -1;
	if (day == EV_PART_REJECTED)
		return 0;
	ev_part_packed(day, name);
	return link_aside(dir, dir->priv, name, err);
}

int
ev_aside_views(const struct ev_survey *check, struct ev_err *err)
{
	struct ev_place place = ev_aside_place(check->place);
	struct ev_dir dir;
	size_t i;
	int r = ev_dir_open(&dir, &place, err);

	for (i = 0; r == 0 && dir.priv >= 0 && i < check->nbad; i++)
		r = link_view(&dir, check->bad[i], err);
	ev_dir_close(&dir);
	ev_place_clear(&place);
	return r;
}

/* Looks through an open file. */
static int
look_through(struct ev_lack *lack, int fd, const struct stat *st, bool *ended,
    struct ev_err *err)
{
	uint64_t size = (uint64_t)st->st_size;
	uint32_t crc;
	char last;

	if (ev_lack_file(lack, fd, size, err) < 0)
		return -1;
	*ended = ev_extend_tail(fd, size, &crc, &last) == 0 && last == '\n';
	return 0;
}

int
ev_aside_read(const struct ev_place *named, const char *name,
    int (*fn)(void *arg, const struct ev_lacking *lacking, struct ev_err *err),
    void *arg, struct ev_err *err)
{
	struct ev_place place = ev_aside_place(named);
	struct ev_lack lack;
	struct ev_shot shot;
	struct stat st;
	bool ended;
	int fd = -1, r = ev_shot_take(&shot, &place, false, err);

	ev_lack_init(&lack, &shot);
	lack.line = fn;
	lack.arg = arg;
	if (r >= 0) {
		fd = ev_dir_inside(&shot.dir, name, O_RDONLY, &st, err);
		r = fd >= 0 ? 1 : errno == ENOENT ? 0 : -1;
	}
	if (r == 1 && look_through(&lack, fd, &st, &ended, err) < 0)
		r = -1;
	if (fd >= 0)
		close(fd);
	ev_lack_clear(&lack);
	ev_shot_clear(&shot);
	ev_place_clear(&place);
	return r;
}

int
ev_aside_behind(const struct ev_place *named,
    int (*fn)(void *arg, const struct ev_lacking *lacking, struct ev_err *err),
    void *arg, struct ev_err *err)
{
	struct ev_place place = ev_aside_place(named);
	struct ev_chain *chain;
	struct ev_lack lack;
	struct ev_shot shot;
	size_t i;
	int r = ev_shot_take(&shot, &place, false, err);

	ev_lack_init(&lack, &shot);
	lack.line = fn;
	lack.arg = arg;
	chain = &shot.log.chain;
	if (r == 1 && ev_chain_know(chain) < 0)
		r = ev_fail_errno(
		    err, "cannot list the segments of '%s'", place.shown);
	for (i = 0; r >= 0 && i < chain->count; i++)
		r = ev_lack_behind(&lack, &chain->old[i], err);
	ev_lack_clear(&lack);
	ev_shot_clear(&shot);
	ev_place_clear(&place);
	return r < 0 ? -1 : 0;
}

static int
count(void *arg, const struct ev_lacking *lacking, struct ev_err *err)
{
	(void)lacking;
	(void)err;
	++*(uint64_t *)arg;
	return 0;
}

/* Under the lock, so that nobody adds to it. */
static int
drop(struct ev_shot *shot, const char *name, struct ev_err *err)
{
	uint64_t left = 0;
	struct ev_lack lack;
	struct stat st;
	bool ended = false;
	int r, fd = ev_dir_inside(&shot->dir, name, O_RDONLY, &st, err);

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	ev_lack_init(&lack, shot);
	lack.line = count;
	lack.arg = &left;
	r = look_through(&lack, fd, &st, &ended, err);
	if (r == 0 && ended && left + lack.rubbish == 0 &&
	    unlinkat(shot->dir.priv, name, 0) < 0)
		r = ev_dir_fail(&shot->dir, "remove", name, err);
	ev_lack_clear(&lack);
	close(fd);
	return r;
}

int
ev_aside_drop(
    const struct ev_place *named, const char *name, struct ev_err *err)
{
	struct ev_place place = ev_aside_place(named);
	struct ev_shot shot;
	int r = ev_shot_take(&shot, &place, true, err);

	if (r == 1 && shot.locked)
		r = drop(&shot, name, err);
	ev_shot_clear(&shot);
	ev_place_clear(&place);
	return r < 0 ? -1 : 0;
}

static int
is_bad(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 4 && strcmp(entry->d_name + n - 4, ".bad") == 0;
}

/* What was set aside, now or before, goes when nothing of it is missing. */
int
ev_aside_drop_all(const struct ev_place *place, struct ev_err *err)
{
	char *path = ev_layout_join(place->dir, place->priv);
	struct dirent **entries;
	int i, n = scandir(path, &entries, is_bad, alphasort), done = 0;

	free(path);
	if (n < 0)
		return errno == ENOENT ?
		    0 :
		    ev_fail_errno(err, "cannot list '%s'", place->priv);
	for (i = 0; i < n; i++) {
		/* a cursor's record is no log */
		if (done == 0 && strncmp(entries[i]->d_name, "cursor-", 7) != 0)
			done = ev_aside_drop(place, entries[i]->d_name, err);
		free(entries[i]);
	}
	free(entries);
	return done;
}
