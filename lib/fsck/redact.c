#include "fsck/redact.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/event.h"
#include "fsck/aside.h"
#include "fsck/copies.h"
#include "fsck/tombstone.h"
#include "seal/make.h"
#include "seal/merkle.h"
#include "store/dayfile.h"
#include "store/layout.h"
#include "store/lines.h"
#include "store/listing.h"
#include "store/packed.h"
#include "store/part.h"
#include "store/rebuild.h"
#include "store/rows.h"
#include "store/store.h"
#include "store/tomb.h"

#define BOM "\xef\xbb\xbf"

/* A line of the log, for its seal. */
struct dropped {
	int32_t day;
	unsigned char leaf[EV_SHA256_SIZE];
};

struct course {
	const struct ev_place *place;
	const char *id;
	struct ev_findings *findings;
	struct ev_model *model;
	struct ev_event *event;
	struct ev_tombs tombs;
	struct ev_buf dropped; /* struct dropped, each */
	struct ev_copies copies;
	size_t found; /* lines with the id, tombstones too */
};

/* Is a line of the event?  1; 2 it is a tombstone; 0. */
static int
judge(struct course *c, struct ev_slice *line)
{
	if (line->p == NULL)
		return 0;
	if (ev_slice_starts(*line, BOM)) {
		line->p += sizeof(BOM) - 1;
		line->n -= sizeof(BOM) - 1;
	}
	if (ev_event_read(c->event, line->p, line->n) != EV_SCAN_OK ||
	    !ev_slice_is(ev_event_id(c->event), c->id))
		return 0;
	c->found++;
	return ev_tombstone_is(c->event) ? 2 : 1;
}

/* What a seal may have of the event's line. */
static void
keep_leaf(struct course *c)
{
	struct ev_sha256 *sha = ev_sha256_new();
	struct dropped one = { 0 };
	struct timespec time;

	if (ev_event_time(c->event, &time)) {
		one.day = ev_part_day(time);
		ev_merkle_leaf(sha, c->event->line, one.leaf);
		ev_buf_add(&c->dropped, &one, sizeof(one));
	}
	ev_sha256_free(sha);
}

/* Seals are told before the lines go. */
static int
note(const struct course *c, const struct ev_dir *dir, struct ev_err *err)
{
	struct dropped one;
	size_t at;
	int r = 0;

	for (at = 0; r == 0 && at < c->dropped.n; at += sizeof(one)) {
		memcpy(&one, c->dropped.p + at, sizeof(one));
		r = ev_make_note(dir, one.day, one.leaf, "redacted", err);
	}
	return r;
}

/* The log, or a segment of it. */
static bool
is_truth(const struct course *c, const char *name)
{
	uint64_t from, end;

	return strcmp(name, c->place->log) == 0 ||
	    ev_segment_parse(c->place->log, name, &from, &end);
}

/* The event's lines in a file get their tombstones. */
static int
look_through(struct course *c, const char *name, int fd, uint64_t size,
    struct ev_err *err)
{
	struct ev_buf tomb = EV_BUF_INIT;
	uint64_t at, number = 0;
	struct ev_lines lines;
	struct ev_slice line;
	size_t n;
	int r;

	c->tombs.end = UINT64_MAX;
	ev_lines_begin(&lines, fd, 0, size);
	while ((r = ev_lines_next(&lines, &line, &at)) == 1) {
		number++;
		n = line.n;
		if (judge(c, &line) != 1)
			continue;
		if (is_truth(c, name))
			keep_leaf(c);
		ev_copies_line(&c->copies, line);
		ev_buf_reset(&tomb);
		if (ev_tombstone_make(c->event, &tomb, err) < 0 ||
		    ev_tombs_add(&c->tombs, name, fd, at + n - line.n,
			ev_buf_slice(&tomb), err) < 0)
			break;
		ev_finding_add(c->findings, EV_FINDING_MENDED, name, number,
		    "redacted", "is a tombstone now");
	}
	ev_lines_clear(&lines);
	ev_buf_clear(&tomb);
	if (r < 0)
		return ev_fail_errno(err, "cannot read '%s'", name);
	return r == 1 ? -1 : 0;
}

static int
look_beside(struct course *c, const struct ev_dir *dir, const char *name,
    struct ev_err *err)
{
	struct stat st;
	int fd = ev_dir_beside(dir, name, O_RDONLY, &st, err), r;

	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	r = look_through(c, name, fd, (uint64_t)st.st_size, err);
	close(fd);
	return r;
}

/* The log and its segments. */
static int
look_in_log(struct course *c, const struct ev_dir *dir, struct ev_err *err)
{
	const char *log = dir->place->log;
	struct ev_segment *list;
	size_t count, i;
	char *name;
	int r = 0;

	if (ev_segment_list(dir->fd, log, &list, &count) < 0)
		return ev_fail_errno(
		    err, "cannot list the segments of '%s'", dir->place->shown);
	for (i = 0; r == 0 && i < count; i++) {
		name = ev_segment_name(log, list[i].from, list[i].end);
		r = look_beside(c, dir, name, err);
		free(name);
	}
	free(list);
	return r == 0 ? look_beside(c, dir, log, err) : r;
}

/* Has a compressed day a line of the event?  1, 0, -1. */
static int
holds(
    struct course *c, const struct ev_dir *dir, int32_t day, struct ev_err *err)
{
	struct ev_dayfile file;
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at, n;
	int r = ev_dayfile_open(&file, dir, day, err), fd, is = 0;

	fd = r == 1 ? ev_dayfile_whole(&file, &n, err) : -1;
	if (fd >= 0) {
		ev_lines_begin(&lines, fd, 0, n);
		while (is != 1 && (r = ev_lines_next(&lines, &line, &at)) == 1)
			is = judge(c, &line);
		ev_lines_clear(&lines);
		if (r < 0)
			ev_fail_errno(err, "cannot read '%s'", file.name);
	}
	ev_dayfile_close(&file);
	return fd < 0 || r < 0 ? -1 : is == 1;
}

/* Compressed days that have it become plain ones. */
static int
unpack(struct course *c, struct ev_views *views, struct ev_err *err)
{
	struct ev_listing days;
	size_t i;
	int r = ev_listing_read(&days, views->dir, false, err);

	for (i = 0; r >= 0 && i < days.npacked; i++) {
		r = holds(c, views->dir, days.packed[i], err);
		if (r == 1)
			r = ev_packed_make(views, days.packed[i], err) < 0 ?
			    -1 :
			    ev_packed_undo(views, days.packed[i], err);
	}
	ev_listing_clear(&days);
	return r < 0 ? -1 : 0;
}

/* Files of lines: what a store names so, and what was set aside. */
static int
is_log(const struct dirent *entry)
{
	const char *name = entry->d_name, *end = strrchr(name, '.');

	if (strncmp(name, "cursor-", 7) == 0 || end == NULL ||
	    strstr(name, ".zst") != NULL || strcmp(name, "seals.log") == 0)
		return 0;
	return strcmp(end, ".jsonl") == 0 || strcmp(end, ".bad") == 0 ||
	    strcmp(end, ".log") == 0 || strcmp(end, ".tmp") == 0;
}

static int
is_feed(const struct dirent *entry)
{
	return strncmp(entry->d_name, "feed.", 5) == 0 && is_log(entry);
}

/* The files of a directory of the store, "" or the private one. */
static int
look_into(struct course *c, const struct ev_dir *dir, const char *sub,
    int (*which)(const struct dirent *), struct ev_err *err)
{
	char *path = ev_layout_join(dir->place->dir, sub), *name;
	struct dirent **entry;
	int i, n = scandir(path, &entry, which, alphasort), r = 0;

	free(path);
	if (n < 0)
		return ev_fail_errno(err, "cannot list '%s'", sub);
	for (i = 0; i < n; i++) {
		name = ev_layout_join(sub, entry[i]->d_name);
		if (r == 0)
			r = look_beside(c, dir,
			    *sub == '\0' ? entry[i]->d_name : name, err);
		free(name);
		free(entry[i]);
	}
	free(entry);
	return r;
}

/* Under the lock. */
static int
redact(void *arg, struct ev_views *views, struct ev_err *err)
{
	const struct ev_dir *dir = views->dir;
	const struct ev_place *place = dir->place;
	struct course *c = arg;
	uint64_t end = views->state.m, lost;
	int r = unpack(c, views, err);

	if (r == 0)
		r = look_in_log(c, dir, err);
	if (r == 0)
		r = look_into(c, dir, place->priv, is_log, err);
	if (r == 0 && strchr(place->feed, '/') == NULL)
		r = look_into(c, dir, "", is_feed, err);
	if (r < 0 || c->tombs.count == 0)
		return r;
	if (note(c, dir, err) < 0 || ev_tombs_write(&c->tombs, views, err) < 0)
		return -1;
	return ev_rebuild(views, false, end, &lost, err);
}

static void
prepare(struct course *c, const struct ev_place *again)
{
	c->model = ev_model_new(NULL);
	ev_model_custom(c->model, again->custom);
	ev_model_want(c->model, EV_ID);
	ev_model_want(c->model, EV_TYPE);
	ev_model_want(c->model, EV_TIME);
	ev_model_seal(c->model);
	c->event = ev_event_new(c->model);
	c->copies = (struct ev_copies){ .place = c->place,
		.id = c->id,
		.event = c->event,
		.findings = c->findings };
}

int
ev_redact_event(const struct ev_place *place, const char *id,
    struct ev_findings *findings, struct ev_err *err)
{
	const struct ev_store_options options = { .sync = EV_SYNC_FULL };
	struct course c = { .place = place, .id = id, .findings = findings };
	struct ev_place again = ev_aside_place(place),
			rows = ev_aside_place(place);
	struct ev_store *store = NULL;
	int r = ev_rows_read(&rows, err);

	prepare(&c, &rows);
	if (r == 0)
		store = ev_store_open(&again, &options, err);
	/* what waits in the spool comes first, it may have the event */
	if (store == NULL || ev_store_write(store, NULL, 0, err) < 0 ||
	    ev_store_upkeep(store, redact, &c, err) < 0)
		r = -1;
	if (r == 0 && c.found > 0)
		r = ev_copies_clean(&c.copies, err);
	ev_store_close(store);
	ev_tombs_clear(&c.tombs);
	ev_buf_clear(&c.dropped);
	ev_copies_clear(&c.copies);
	ev_event_free(c.event);
	ev_model_free(c.model);
	ev_place_clear(&again);
	ev_place_clear(&rows);
	return r < 0 ? -1 : c.found > 0;
}
