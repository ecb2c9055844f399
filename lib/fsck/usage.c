#include "fsck/usage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/unpack.h"
#include "store/dir.h"
#include "store/guard.h"
#include "store/layout.h"
#include "store/part.h"
#include "store/segment.h"

#define BLOCK 65536

struct usage {
	struct ev_grid *grid;
	struct ev_dir dir;
	uint64_t bytes, files;
};

/* Lines and bytes of a log, unpacked. */
static int
count(int fd, const char *name, uint64_t *lines, uint64_t *bytes,
    struct ev_err *err)
{
	struct ev_unpack *unpack = ev_unpack_new(fd, name);
	char block[BLOCK], last = '\n';
	const char *p, *end;
	ssize_t got;

	*lines = *bytes = 0;
	while ((got = ev_unpack_read(unpack, block, BLOCK, err)) > 0) {
		*bytes += (uint64_t)got;
		end = block + got;
		last = end[-1];
		for (p = block;
		     (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
			++*lines;
	}
	*lines += last != '\n';
	ev_unpack_free(unpack);
	return got < 0 ? -1 : 0;
}

/* What a file of the private directory is; NULL: nothing to be told. */
static const char *
kind_of(const char *name, bool *log)
{
	int32_t day;

	*log = true;
	if (ev_part_file_parse(name, &day))
		return day == EV_PART_REJECTED ? "rejected" : "day";
	if (ev_part_packed_parse(name, &day))
		return "day";
	if (strncmp(name, "feed", 4) == 0 && strstr(name, ".jsonl") != NULL)
		return "feed";
	if (strcmp(name, "lost.jsonl") == 0)
		return "lost";
	*log = false;
	return "other";
}

/* One row; `at` is the directory, `sub` its name beneath the store's. */
static int
row(struct usage *u, int at, const char *sub, const char *name,
    const char *kind, bool log, struct ev_err *err)
{
	char *path = ev_layout_join(sub, name);
	char *shown = ev_place_shown(u->dir.place, *sub == '\0' ? name : path);
	uint64_t lines = 0, bytes = 0;
	struct stat st;
	int fd, r = 0;

	if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(st.st_mode)) {
		ev_grid_text(u->grid, ev_slice_of(shown));
		ev_grid_text(u->grid, ev_slice_of(kind));
		fd = log ? openat(at, name,
			       O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) :
			   -1;
		if (log && fd < 0)
			r = ev_fail_errno(err, "cannot open '%s'", shown);
		if (fd >= 0 && count(fd, shown, &lines, &bytes, err) < 0)
			r = -1;
		if (fd >= 0)
			close(fd);
		if (log)
			ev_grid_count(u->grid, lines);
		else
			ev_grid_null(u->grid);
		ev_grid_count(u->grid, (uint64_t)st.st_size);
		ev_grid_count(u->grid, log ? bytes : (uint64_t)st.st_size);
		u->bytes += (uint64_t)st.st_size;
		u->files++;
	}
	free(shown);
	free(path);
	return r;
}

static int
no_dots(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	    strcmp(entry->d_name, "..") != 0;
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* The files of a directory; cursors: all of them are such. */
static int
rows(struct usage *u, const char *sub, bool cursors, struct ev_err *err)
{
	int fd =
	    ev_guard_open_stat(u->dir.fd, sub, O_RDONLY | O_DIRECTORY, 0, NULL);
	struct dirent **entry = NULL;
	const char *kind;
	int i, n, r = 0;
	bool log;

	if (fd < 0)
		return 0;
	n = scandirat(fd, ".", &entry, no_dots, by_name);
	for (i = 0; i < n; i++) {
		kind = kind_of(entry[i]->d_name, &log);
		if (cursors) {
			kind = "cursor";
			log = false;
		}
		if (r == 0)
			r = row(u, fd, sub, entry[i]->d_name, kind, log, err);
		free(entry[i]);
	}
	free(entry);
	close(fd);
	return n < 0 ? ev_fail_errno(err, "cannot list '%s'", sub) : r;
}

static int
is_feed(const struct dirent *entry)
{
	return strncmp(entry->d_name, "feed.", 5) == 0 &&
	    strstr(entry->d_name, ".jsonl") != NULL;
}

/* The feeds beside a log that has them there. */
static int
feeds(struct usage *u, struct ev_err *err)
{
	struct dirent **entry;
	int i, n = scandirat(u->dir.fd, ".", &entry, is_feed, by_name), r = 0;

	if (n < 0)
		return ev_fail_errno(err, "cannot list a directory");
	for (i = 0; i < n; i++) {
		if (r == 0)
			r = row(u, u->dir.fd, "", entry[i]->d_name, "feed",
			    true, err);
		free(entry[i]);
	}
	free(entry);
	return r;
}

/* The older parts of a log that was rotated. */
static int
segments(struct usage *u, struct ev_err *err)
{
	const char *log = u->dir.place->log;
	struct ev_segment *list;
	size_t count, i;
	char *name;
	int r = 0;

	if (ev_segment_list(u->dir.fd, log, &list, &count) < 0)
		return ev_fail_errno(err, "cannot list a directory");
	for (i = 0; r == 0 && i < count; i++) {
		name = ev_segment_name(log, list[i].from, list[i].end);
		r = row(u, u->dir.fd, "", name, "segment", true, err);
		free(name);
	}
	free(list);
	return r;
}

int
ev_usage(struct ev_grid *grid, struct ev_place *place, struct ev_err *err)
{
	struct usage u = { .grid = grid };
	char *cursors = ev_layout_join(place->priv, "cursors");
	size_t n = strlen(place->priv);
	int r;

	ev_grid_init(grid, "usage");
	ev_grid_group(grid, "file", EV_GRID_TEXT);
	ev_grid_group(grid, "kind", EV_GRID_TEXT);
	ev_grid_column(grid, "lines", EV_GRID_COUNT);
	ev_grid_column(grid, "bytes", EV_GRID_COUNT);
	ev_grid_column(grid, "unpacked", EV_GRID_COUNT);
	r = ev_dir_open(&u.dir, place, err);
	if (r == 0)
		r = segments(&u, err);
	if (r == 0)
		r = row(&u, u.dir.fd, "", place->log, "log", true, err);
	/* a feed in the private directory is one of its files */
	if (r == 0 && strncmp(place->feed, place->priv, n) != 0)
		r = feeds(&u, err);
	if (r == 0)
		r = rows(&u, place->priv, false, err);
	if (r == 0)
		r = rows(&u, cursors, true, err);
	ev_buf_addf(&grid->notes, "%" PRIu64 " files, %" PRIu64 " bytes\n",
	    u.files, u.bytes);
	ev_dir_close(&u.dir);
	free(cursors);
	return r;
}
