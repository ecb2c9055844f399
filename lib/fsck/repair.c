#include "fsck/repair.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "fsck/survey.h"
#include "fsck/cursors.h"
#include "fsck/lack.h"
#include "store/extend.h"
#include "store/layout.h"
#include "store/part.h"
#include "store/store.h"
#include "store/view.h"

#define BATCH 256 /* events that are put back at once */
#define LOST "lost.jsonl"

/* A repair in its course. */
struct repair {
	const struct ev_place *place;
	struct ev_findings *findings;
	struct ev_store *store;
	struct ev_entry entry[BATCH];
	char id[BATCH][EV_IDENT_SIZE + 256];
	size_t n;	/* entries that wait */
	uint64_t back;	/* events that were put back */
	uint64_t other; /* that were not: their ids are there */
	uint64_t left;	/* lines of a file that may be nowhere else */
};

struct ev_place
ev_repair_place(const struct ev_place *place)
{
	struct ev_place again = EV_PLACE_INIT;

	ev_place_set(
	    &again, ev_strdup(place->dir), place->log, ev_strdup(place->shown));
	again.exists = place->exists;
	again.origin = place->origin;
	return again;
}

static char *
shown(const struct ev_place *place, const char *name)
{
	char *path = ev_layout_join(place->priv, name);
	char *whole = ev_place_shown(place, path);

	free(path);
	return whole;
}

static void
mended(struct repair *r, const char *name, const char *what, const char *why)
{
	char *file =
	    *name != '\0' ? shown(r->place, name) : ev_strdup(r->place->shown);

	ev_finding_add(
	    r->findings, EV_FINDING_MENDED, file, 0, what, "%s", why);
	free(file);
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

static int
link_views(const struct ev_survey *check, struct ev_err *err)
{
	struct ev_place place = ev_repair_place(check->place);
	struct ev_dir dir;
	size_t i;
	int r = ev_dir_open(&dir, &place, err);

	for (i = 0; r == 0 && dir.priv >= 0 && i < check->nbad; i++)
		r = link_view(&dir, check->bad[i], err);
	ev_dir_close(&dir);
	ev_place_clear(&place);
	return r;
}

static void
drop_batch(struct repair *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		ev_buf_clear(&r->entry[i].line);
		ev_buf_clear(&r->entry[i].there);
	}
	r->n = 0;
}

static int
put_back(struct repair *r, struct ev_err *err)
{
	size_t i;
	int done = 0;

	if (r->n > 0)
		done = ev_store_write(r->store, r->entry, r->n, err);
	for (i = 0; done == 0 && i < r->n; i++) {
		r->back += r->entry[i].result == EV_WRITTEN;
		r->other += r->entry[i].result == EV_SKIPPED;
	}
	drop_batch(r);
	return done;
}

/* An event of lost.jsonl that the log lacks. */
static int
take(void *arg, struct ev_event *ev, uint64_t line, bool other,
    struct ev_err *err)
{
	struct repair *r = arg;
	struct ev_slice id = ev_event_id(ev);
	struct ev_entry *e = &r->entry[r->n];

	(void)line;
	if (other) {
		r->other++;
		return 0;
	}
	*e = (struct ev_entry){ .dialect = ev->dialect, .identity = EV_NO_ID };
	ev_buf_addslice(&e->line, ev->line);
	e->has_time = ev_event_time(ev, &e->time);
	if (id.n > 0 && id.p[0] != '~' && id.n <= sizeof(r->id[0])) {
		e->identity = EV_LINE_ID;
		memcpy(r->id[r->n], id.p, id.n);
		e->own_id = (struct ev_slice){ r->id[r->n], id.n };
	}
	return ++r->n == BATCH ? put_back(r, err) : 0;
}

static int
count_left(void *arg, struct ev_event *ev, uint64_t line, bool other,
    struct ev_err *err)
{
	struct repair *r = arg;

	(void)ev;
	(void)line;
	(void)other;
	(void)err;
	r->left++;
	return 0;
}

/* Looks through a file of the private directory.  1, 0 there is none, -1. */
static int
look_through(struct repair *r, const char *name,
    int (*fn)(void *, struct ev_event *, uint64_t, bool, struct ev_err *),
    bool *ended, struct ev_err *err)
{
	struct ev_place place = ev_repair_place(r->place);
	struct ev_lack lack;
	struct ev_shot shot;
	struct stat st;
	uint32_t crc;
	char last;
	int fd = -1, done = ev_shot_take(&shot, &place, false, err);

	ev_lack_init(&lack, &shot);
	lack.line = fn;
	lack.arg = r;
	if (done >= 0) {
		fd = ev_dir_inside(&shot.dir, name, O_RDONLY, &st, err);
		done = fd >= 0 ? 1 : errno == ENOENT ? 0 : -1;
	}
	if (done == 1) {
		if (ev_lack_file(&lack, fd, (uint64_t)st.st_size, err) < 0)
			done = -1;
		r->left += lack.rubbish;
		*ended = ev_extend_tail(
			     fd, (uint64_t)st.st_size, &crc, &last) == 0 &&
		    last == '\n';
	}
	if (fd >= 0)
		close(fd);
	ev_lack_clear(&lack);
	ev_shot_clear(&shot);
	ev_place_clear(&place);
	return done;
}

/* The events of lost.jsonl go back into the log. */
static int
salvage(struct repair *r, struct ev_err *err)
{
	struct ev_place place = ev_repair_place(r->place);
	const struct ev_store_options options = { .sync = EV_SYNC_DATA,
		.on_conflict = EV_ON_CONFLICT_SKIP };
	char text[128];
	bool ended;
	int done;

	r->store = ev_store_open(&place, &options, err);
	ev_place_clear(&place);
	if (r->store == NULL)
		return -1;
	done = look_through(r, LOST, take, &ended, err);
	if (done >= 0)
		done = put_back(r, err);
	drop_batch(r);
	ev_store_close(r->store);
	if (done >= 0 && r->back > 0) {
		snprintf(text, sizeof(text),
		    "%llu event%s that the log lacked put back",
		    (unsigned long long)r->back, r->back == 1 ? "" : "s");
		mended(r, "", "salvaged", text);
	}
	return done < 0 ? -1 : 0;
}

/* Removes a file of which each line is in the log. */
static int
drop_known(struct repair *r, const char *name, struct ev_err *err)
{
	struct ev_place place;
	struct ev_dir dir;
	bool ended = true;
	int done;

	r->left = 0;
	done = look_through(r, name, count_left, &ended, err);
	if (done <= 0 || r->left > 0 || !ended)
		return done < 0 ? -1 : 0;
	place = ev_repair_place(r->place);
	done = ev_dir_open(&dir, &place, err);
	if (done == 0 && unlinkat(dir.priv, name, 0) < 0)
		done = ev_dir_fail(&dir, "remove", name, err);
	ev_dir_close(&dir);
	ev_place_clear(&place);
	return done;
}

static int
is_bad(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 4 && strcmp(entry->d_name + n - 4, ".bad") == 0;
}

/* What was set aside, now or before, goes when nothing of it is missing. */
static int
drop_bad(struct repair *r, struct ev_err *err)
{
	char *path = ev_layout_join(r->place->dir, r->place->priv);
	struct dirent **entries;
	int i, n = scandir(path, &entries, is_bad, alphasort), done = 0;

	free(path);
	if (n < 0)
		return errno == ENOENT ?
		    0 :
		    ev_fail_errno(err, "cannot list '%s'", r->place->priv);
	for (i = 0; i < n; i++) {
		/* a cursor's record is no log */
		if (done == 0 && strncmp(entries[i]->d_name, "cursor-", 7) != 0)
			done = drop_known(r, entries[i]->d_name, err);
		free(entries[i]);
	}
	free(entries);
	return done;
}

static int
mend_cursors(struct repair *r, struct ev_err *err)
{
	struct ev_place place = ev_repair_place(r->place);
	struct ev_shot shot;
	int done = ev_shot_take(&shot, &place, false, err);

	if (done == 1)
		done = ev_cursors_mend(&shot, r->findings, err);
	ev_shot_clear(&shot);
	ev_place_clear(&place);
	return done < 0 ? -1 : 0;
}

static int
make_anew(struct repair *r, bool repair, struct ev_err *err)
{
	const struct ev_store_options options = { .sync = EV_SYNC_FULL };
	struct ev_place place = ev_repair_place(r->place);
	struct ev_store *store = ev_store_open(&place, &options, err);
	int done = -1;

	ev_place_clear(&place);
	if (store != NULL)
		done = repair ? ev_store_repair(store, err) :
				ev_store_rebuild(store, err);
	ev_store_close(store);
	return done;
}

int
ev_repair_views(const struct ev_place *place, struct ev_findings *findings,
    struct ev_err *err)
{
	struct repair r = { .place = place, .findings = findings };

	if (make_anew(&r, false, err) < 0)
		return -1;
	mended(&r, "", "rebuilt", "day files and feed were made anew");
	return 0;
}

/* What the survey said is bad. */
static int
repair_views(
    struct repair *r, const struct ev_survey *check, struct ev_err *err)
{
	if (link_views(check, err) < 0 || make_anew(r, true, err) < 0)
		return -1;
	if (check->torn)
		mended(r, "", "ended", "the last line, which was torn");
	if (check->views)
		mended(r, "", "rebuilt", "day files and feed were made anew");
	return 0;
}

int
ev_repair(const struct ev_place *named, struct ev_findings *findings,
    struct ev_err *err)
{
	struct ev_place place = ev_repair_place(named);
	struct ev_survey check = { .place = &place };
	struct repair *r = ev_calloc(1, sizeof(*r));
	int done;

	r->place = named;
	r->findings = findings;
	done = ev_survey(&check, err);
	if (done == 0 && check.findings.problems > 0) {
		done = repair_views(r, &check, err);
		if (done == 0)
			done = mend_cursors(r, err);
		if (done == 0)
			done = salvage(r, err);
	}
	if (done == 0 && place.priv != NULL)
		done = drop_known(r, LOST, err);
	if (done == 0)
		done = drop_bad(r, err);
	ev_survey_clear(&check);
	ev_place_clear(&place);
	free(r);
	return done;
}
