#include "fsck/feeds.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/dayfile.h"
#include "store/lines.h"
#include "store/part.h"
#include "store/view.h"

/* Those of a store. */
struct feeds {
	uint64_t *number; /* in order */
	size_t n;
};

/* The directory part of the feed's name, with its slash. */
static size_t
stem(const struct ev_dir *dir)
{
	const char *slash = strrchr(dir->place->feed, '/');

	return slash == NULL ? 0 : (size_t)(slash - dir->place->feed) + 1;
}

/* The name beneath the store's directory, malloced. */
static char *
name_of(const struct ev_dir *dir, uint64_t number)
{
	struct ev_buf name = EV_BUF_INIT;

	ev_buf_add(&name, dir->place->feed, stem(dir));
	ev_buf_addf(&name, "feed.%" PRIu64 ".jsonl", number);
	ev_buf_addc(&name, '\0');
	return name.p;
}

static int
by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool
is_feed(const char *name, uint64_t *number)
{
	char back[64];

	if (sscanf(name, "feed.%" SCNu64 ".jsonl", number) != 1)
		return false;
	snprintf(back, sizeof(back), "feed.%" PRIu64 ".jsonl", *number);
	return strcmp(name, back) == 0;
}

static int
list(struct feeds *feeds, const struct ev_dir *dir, struct ev_err *err)
{
	struct dirent *entry;
	uint64_t number;
	DIR *stream;
	int fd, r;

	*feeds = (struct feeds){ NULL, 0 };
	fd = openat(stem(dir) > 0 ? dir->priv : dir->fd, ".",
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	stream = fd < 0 ? NULL : fdopendir(fd);
	if (stream == NULL) {
		ev_dir_fail(dir, "list", "", err);
		if (fd >= 0)
			close(fd);
		return -1;
	}
	while (errno = 0, (entry = readdir(stream)) != NULL) {
		if (!is_feed(entry->d_name, &number))
			continue;
		feeds->number = ev_realloc(
		    feeds->number, feeds->n + 1, sizeof(*feeds->number));
		feeds->number[feeds->n++] = number;
	}
	/* a number that is not seen would be given away again */
	r = errno == 0 ? 0 : ev_dir_fail(dir, "list", "", err);
	closedir(stream);
	if (feeds->n > 0)
		qsort(
		    feeds->number, feeds->n, sizeof(*feeds->number), by_number);
	return r;
}

static void
clear(struct feeds *feeds)
{
	free(feeds->number);
}

/* Sets the feed aside as the newest of them. */
static int
rotate(const struct feeds *feeds, const struct ev_dir *dir, struct ev_err *err)
{
	uint64_t last = feeds->n > 0 ? feeds->number[feeds->n - 1] : 0;
	char *to = name_of(dir, last + 1);
	int r = 0;

	if (renameat(dir->fd, dir->place->feed, dir->fd, to) < 0)
		r = ev_fail_errno(
		    err, "cannot rename '%s' to '%s'", dir->place->feed, to);
	free(to);
	return r;
}

/* Is a feed old: its first line (all: each line) of an earlier day? */
static int
is_old(const struct ev_retention *c, struct ev_views *views, int fd,
    uint64_t size, bool all, struct ev_err *err)
{
	struct ev_lines lines;
	struct ev_slice text;
	uint64_t at;
	int32_t day;
	int r, old = all;

	ev_lines_begin(&lines, fd, 0, size);
	while ((r = ev_lines_next(&lines, &text, &at)) == 1) {
		day = ev_route_line(&views->route, text, false);
		if (day == EV_PART_REJECTED)
			continue;
		old = day < c->what->day;
		if (!all || !old)
			break;
	}
	ev_lines_clear(&lines);
	return r < 0 ? ev_fail_errno(err, "cannot read a feed") : old;
}

/* Has the feed grown too old or too large?  1, 0, -1. */
static int
is_over(struct ev_retention *c, struct ev_views *views, struct ev_err *err)
{
	struct stat st;
	int fd = ev_view_open(views->dir, EV_VIEW_FEED, O_RDONLY, &st, err), r;

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (c->what->by_size)
		r = (uint64_t)st.st_size > c->what->size;
	else
		r = is_old(c, views, fd, (uint64_t)st.st_size, false, err);
	close(fd);
	return r;
}

/* A feed that was set aside before: 1 it went, 0 it stays, -1. */
static int
drop_feed(struct ev_retention *c, struct ev_views *views, const char *name,
    uint64_t *left, struct ev_err *err)
{
	char *path = ev_place_shown(views->dir->place, name);
	struct ev_need own;
	struct stat st;
	int fd = ev_dir_beside(views->dir, name, O_RDONLY, &st, err), r = -1;
	uint64_t size = fd < 0 ? 0 : (uint64_t)st.st_size;

	if (fd >= 0 && c->what->by_size)
		r = size > *left;
	else if (fd >= 0)
		r = is_old(c, views, fd, size, true, err);
	*left = size > *left ? 0 : *left - size;
	if (r == 1 && ev_need_file(&own, path, fd, size, NULL, err) < 0)
		r = -1;
	/* it was a part of the log before the present feed */
	if (r == 1 && own.least == UINT64_MAX &&
	    c->need.least < views->state.fb)
		own = c->need;
	if (r == 1 && own.least != UINT64_MAX) {
		ev_retention_needed(c, path, &own);
		r = 0;
	}
	if (r == 1 &&
	    (ev_lost_keep(&c->lost, fd, size, err) < 0 ||
		ev_lost_sync(&c->lost, err) < 0))
		r = -1;
	if (r == 1 && unlinkat(views->dir->fd, name, 0) < 0)
		r = ev_fail_errno(err, "cannot remove '%s'", path);
	if (r == 1)
		ev_retention_done(
		    c, path, "dropped", "its lines are in the log");
	if (fd >= 0)
		close(fd);
	free(path);
	return r;
}

static int
begin_feed(struct ev_retention *c, struct ev_views *views,
    const struct feeds *feeds, struct ev_err *err)
{
	struct ev_state *state = &views->state;
	struct stat st;
	char *path;
	int fd;

	if (rotate(feeds, views->dir, err) < 0)
		return -1;
	fd = ev_view_open(
	    views->dir, EV_VIEW_FEED, O_RDWR | O_APPEND | O_CREAT, &st, err);
	if (fd < 0)
		return -1;
	close(fd);
	state->fb = state->m;
	state->fl = 0;
	path = ev_dayfile_shown(views->dir, EV_VIEW_FEED, false);
	ev_retention_done(c, path, "begun", "anew, the old one is aside");
	free(path);
	return ev_views_save(views, err);
}

int
ev_feeds_drop(
    struct ev_retention *c, struct ev_views *views, struct ev_err *err)
{
	struct feeds feeds;
	uint64_t left = c->what->size;
	char *name;
	size_t i;
	int r = list(&feeds, views->dir, err);

	/* the newest first, as the size counts */
	for (i = feeds.n; r >= 0 && i > 0; i--) {
		name = name_of(views->dir, feeds.number[i - 1]);
		r = drop_feed(c, views, name, &left, err);
		free(name);
	}
	if (r >= 0)
		r = is_over(c, views, err);
	if (r == 1)
		r = begin_feed(c, views, &feeds, err);
	clear(&feeds);
	return r;
}
