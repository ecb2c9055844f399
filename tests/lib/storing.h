/*
 * storing: a store in a scratch directory, what is written into it, and what
 * its views must then be.
 */
#ifndef EV_STORING_H
#define EV_STORING_H

#include <stdbool.h>
#include <stdint.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "event/dialect.h"
#include "store/rotate.h"
#include "store/store.h"
#include "scratch.h"
#include "test.h"

#define DAY0 1767657600 /* 2026-01-06T00:00:00Z */

static struct ev_err last_err;
static char said[4096]; /* the notes of the last write */

/* The whole file, "" when it is not there; free(). */
static inline char *
slurp(const char *name)
{
	struct ev_buf all = EV_BUF_INIT;

	ev_read_file(scratch(name), &all, 1u << 30, NULL);
	ev_buf_str(&all);
	return all.p;
}

/* The log: its segments, of which there is one at most, and its file. */
static inline char *
slurp_log(void)
{
	DIR *dir = opendir(scratch(""));
	struct ev_buf all = EV_BUF_INIT;
	const struct dirent *d;
	size_t from, end;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		if (sscanf(d->d_name, ".events.%zu-%zu", &from, &end) != 2)
			continue;
		ev_read_file(scratch(d->d_name), &all, 1u << 30, NULL);
		if (all.n > end - from) /* no more of it counts */
			all.n = end - from;
	}
	if (dir != NULL)
		closedir(dir);
	ev_read_file(scratch(".events.jsonl"), &all, 1u << 30, NULL);
	ev_buf_str(&all);
	return all.p;
}

static inline void
put_more(const char *name, const char *text)
{
	FILE *f = fopen(scratch(name), "a");

	if (f != NULL) {
		fputs(text, f);
		fclose(f);
	}
}

static inline bool
there(const char *name)
{
	struct stat st;

	return lstat(scratch(name), &st) == 0;
}

static inline size_t
count_of(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		n++;
	return n;
}

/* An entry with a timestamp `day` days behind DAY0. */
static inline struct ev_entry
entry(enum ev_identity identity, const char *id, int day, const char *data)
{
	struct ev_entry e = { .identity = identity };
	struct tm tm;
	char date[32];

	e.dialect = &ev_dialects[EV_VERMAS];
	e.has_time = true;
	e.time.tv_sec = DAY0 + day * 86400;
	gmtime_r(&e.time.tv_sec, &tm);
	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S.000Z", &tm);
	ev_buf_adds(&e.line, "{\"event_id\":\"");
	if (id != NULL)
		ev_buf_adds(&e.line, id);
	e.id_at = e.line.n;
	ev_buf_addf(
	    &e.line, "\",\"event_type\":\"t\",\"timestamp\":\"%s\",", date);
	ev_buf_addf(&e.line, "\"actor\":\"a\",\"correlation_id\":null,");
	ev_buf_adds(&e.line, "\"data\":{\"d\":\"");
	ev_buf_adds(&e.line, data);
	ev_buf_adds(&e.line, "\"}}");
	if (id != NULL)
		e.own_id = ev_slice_of(id);
	return e;
}

static inline void
entry_clear(struct ev_entry *e)
{
	ev_buf_clear(&e->line);
	ev_buf_clear(&e->there);
}

/* Makes the views anew. */
static inline int
make_anew(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	int r = -1;

	said[0] = '\0';
	last_err.text[0] = '\0';
	if (ev_place_find(&place, scratch(""), true, &last_err) == 0) {
		store = ev_store_open(&place, &usual, &last_err);
		if (store != NULL)
			r = ev_store_rebuild(store, &last_err);
		ev_store_close(store);
	}
	ev_place_clear(&place);
	return r;
}

static inline int
write_with(const struct ev_store_options *options, struct ev_entry *e, size_t n)
{
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	int r = -1;

	said[0] = '\0';
	last_err.text[0] = '\0';
	if (ev_place_find(&place, scratch(""), true, &last_err) == 0) {
		store = ev_store_open(&place, options, &last_err);
		if (store != NULL) {
			r = ev_store_write(store, e, n, &last_err);
			snprintf(said, sizeof(said), "%s",
			    ev_store_notes(store, true));
		}
		ev_store_close(store);
	}
	ev_place_clear(&place);
	return r;
}

static inline int
write_entries(struct ev_entry *e, size_t n)
{
	static const struct ev_store_options usual;

	return write_with(&usual, e, n);
}

/* Writes one entry, frees it, gives its result; -1: it failed. */
static inline int
write_one(struct ev_entry e)
{
	int r = write_entries(&e, 1) < 0 ? -1 : (int)e.result;

	entry_clear(&e);
	return r;
}

/* Writes one new event of a day. */
static inline int
emit(int day, const char *data)
{
	return write_one(entry(EV_NEW_UUID, NULL, day, data));
}

static inline int
rotate(void *arg, struct ev_views *views, struct ev_err *err)
{
	(void)arg;
	return ev_rotate(views, err);
}

/* What was written is a segment now. */
static inline void
rotate_log(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;

	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_upkeep(store, rotate, NULL, &last_err), 1);
	ev_store_close(store);
	ev_place_clear(&place);
}

/* The name of the view of a line: only lines made by entry() have a time. */
static inline void
view_of(const char *line, size_t n, char out[64])
{
	static const char key[] = "\"timestamp\":\"";
	const char *at = memmem(line, n, key, sizeof(key) - 1);

	while (n > 0 && line[n - 1] == '\r')
		n--;
	/* a control character is what foreign writers spoil lines with */
	if (at == NULL || line[0] != '{' || line[n - 1] != '}' ||
	    memchr(line, '\1', n) != NULL)
		snprintf(out, 64, "rejected.log");
	else
		snprintf(out, 64, "%.10s.jsonl", at + sizeof(key) - 1);
}

/* What the view must hold, worked out from the first n bytes of the log. */
static inline void
project(const char *log, size_t n, const char *view, struct ev_buf *out)
{
	const char *end = log + n, *lf;
	char name[64];

	ev_buf_reset(out);
	for (; log < end; log = lf + 1) {
		lf = memchr(log, '\n', (size_t)(end - log));
		if (lf == NULL)
			break;
		view_of(log, (size_t)(lf - log), name);
		if (strcmp(name, view) == 0)
			ev_buf_add(out, log, (size_t)(lf - log) + 1);
	}
	ev_buf_str(out);
}

/* How many partitions there are. */
static inline size_t
count_views(void)
{
	DIR *dir = opendir(scratch(".events"));
	const struct dirent *d;
	const char *end;
	size_t n = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		end = strrchr(d->d_name, '.');
		n += strcmp(d->d_name, "rejected.log") == 0 ||
		    (strncmp(d->d_name, "20", 2) == 0 && end != NULL &&
			strcmp(end, ".jsonl") == 0);
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

/* Every view of the log is exactly its projection, and nothing else is there;
 * the feed is the log's tail. */
static inline bool
views_hold(void)
{
	char *log = slurp_log(), *feed, *view, name[64], path[80];
	struct ev_buf due = EV_BUF_INIT;
	size_t n = strlen(log), sum = 0, views = 0, m;
	const char *at = log, *lf;
	char seen[64][64];
	size_t i;
	bool good = true;

	while (n > 0 && log[n - 1] != '\n')
		n--;
	for (; at < log + n; at = lf + 1) {
		lf = strchr(at, '\n');
		view_of(at, (size_t)(lf - at), name);
		for (i = 0; i < views && strcmp(seen[i], name) != 0;)
			i++;
		if (i < views)
			continue;
		memcpy(seen[views++], name, sizeof(name));
		snprintf(path, sizeof(path), ".events/%s", name);
		view = slurp(path);
		project(log, n, name, &due);
		if (strcmp(view, due.p) != 0) {
			printf("%s differs\n", name);
			good = false;
		}
		sum += strlen(view);
		free(view);
	}
	feed = slurp(".events/feed.jsonl");
	m = strlen(feed);
	if (m > n || memcmp(feed, log + n - m, m) != 0 || sum != n)
		good = false;
	if (count_views() != views)
		good = false;
	ev_buf_clear(&due);
	free(feed);
	free(log);
	return good;
}

/* Somebody else holds the lock until they are killed. */
static inline pid_t
hold_lock(const char *name)
{
	int ready[2], fd;
	char c = 0;
	pid_t pid;

	CHECK(pipe(ready) == 0);
	pid = fork();
	if (pid == 0) {
		fd = open(scratch(name), O_RDWR | O_CREAT, 0644);
		if (fd < 0 || flock(fd, LOCK_EX) < 0 ||
		    write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	CHECK(read(ready[0], &c, 1) == 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

/* The scratch directory, empty again. */
static inline void
start_anew(void)
{
	scratch_end();
	mkdir(scratch_dir, 0755);
}

#endif
