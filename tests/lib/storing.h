/*
 * storing: a store in a scratch directory, and what is written into it.
 */
#ifndef EV_STORING_H
#define EV_STORING_H

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "event/dialect.h"
#include "store/packed.h"
#include "store/rotate.h"
#include "store/slot.h"
#include "store/store.h"
#include "stands.h"

#define DAY0 1767657600 /* 2026-01-06T00:00:00Z */

static struct ev_err last_err;
static char said[4096]; /* the notes of the last write */

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

static inline void
keep_up(int (*fn)(void *arg, struct ev_views *views, struct ev_err *err),
    void *arg)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;

	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_upkeep(store, fn, arg, &last_err), 1);
	ev_store_close(store);
	ev_place_clear(&place);
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
	keep_up(rotate, NULL);
}

static inline int
pack(void *arg, struct ev_views *views, struct ev_err *err)
{
	const int *day = arg;

	return ev_packed_make(views, DAY0 / 86400 + *day, err);
}

/* A day is compressed now. */
static inline void
pack_day(int day)
{
	keep_up(pack, &day);
}

/* As somebody else would leave it. */
static inline void
change_state(void (*change)(struct ev_state *state))
{
	int fd = open(scratch(".events/state"), O_RDWR);
	struct ev_state state;

	CHECK_INT(ev_slot_read(fd, &state), 1);
	change(&state);
	CHECK_INT(ev_slot_write(fd, &state), 0);
	close(fd);
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
