/* Writes that have to wait, that have no time or no room. */
#include <sys/wait.h>
#include <time.h>

#include "faulty.h"

#include "storing.h"

#define MUCH (5u << 20)

static struct ev_store *
open_store(const struct ev_store_options *options)
{
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;

	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, options, &last_err);
	ev_place_clear(&place);
	return store;
}

/* Who has the lock file open notices that it is another one. */
static void
test_lock_removed(void)
{
	static const struct ev_store_options usual;
	struct ev_store *store;
	struct ev_entry e;
	int i;

	start_anew();
	store = open_store(&usual);
	for (i = 0; i < 2; i++) {
		e = entry(EV_NEW_UUID, NULL, 0, "x");
		CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
		entry_clear(&e);
		CHECK(there(".events/lock"));
		unlink(scratch(".events/lock"));
	}
	e = entry(EV_NEW_UUID, NULL, 0, "x");
	CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
	entry_clear(&e);
	CHECK_STR(ev_store_notes(store, true), "");
	ev_store_close(store);
	CHECK(there(".events/lock"));
	CHECK(views_hold());
}

static void
test_lock_of_no_kind(void)
{
	start_anew();
	mkdir(scratch(".events"), 0755);
	CHECK(mkfifo(scratch(".events/lock"), 0644) == 0);
	CHECK_INT(emit(0, "x"), -1);
	CHECK_STR(
	    last_err.text, "'.events/lock' is not a regular file, refused");
	CHECK(!there(".events.jsonl"));
	/* that of another family of writers */
	start_anew();
	emit(0, "x");
	CHECK(mkfifo(scratch(".events.jsonl.lock"), 0644) == 0);
	CHECK_INT(emit(0, "x"), -1);
	CHECK(strstr(last_err.text, "not a regular file, refused") != NULL);
}

/* Locks that may be read, not written, lock all the same. */
static void
test_foreign_locks(void)
{
	start_anew();
	emit(0, "x");
	put_more(".events.jsonl.lock", "");
	CHECK(chmod(scratch(".events/lock"), 0444) == 0);
	CHECK(chmod(scratch(".events.jsonl.lock"), 0444) == 0);
	CHECK(chmod(scratch(".events.jsonl"), 0666) == 0);
	CHECK(chmod(scratch(".events/state"), 0666) == 0);
	CHECK(chmod(scratch(".events/feed.jsonl"), 0666) == 0);
	CHECK(chmod(scratch(".events/2026-01-06.jsonl"), 0666) == 0);
	CHECK(chmod(scratch(""), 0755) == 0);
	if (geteuid() == 0 && seteuid(65534) != 0)
		return;
	CHECK_INT(emit(0, "x"), EV_WRITTEN);
	CHECK_STR(said, "");
	if (getuid() == 0)
		CHECK(seteuid(0) == 0);
	CHECK(views_hold());
}

/* When time is up the views go one step, whoever has time does the rest. */
static void
test_no_time(void)
{
	struct ev_store_options options = { .until = 1 };
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");
	char *data = malloc(MUCH + 1), *view;
	size_t i;

	start_anew();
	emit(0, "x");
	memset(data, 'y', MUCH);
	data[MUCH] = '\0';
	for (i = 0; i < MUCH; i += MUCH / 8)
		data[i + MUCH / 8 - 1] = '\n';
	put_more(".events.jsonl", data);
	free(data);
	CHECK_INT(write_with(&options, &e, 1), 0);
	entry_clear(&e);
	CHECK(!views_hold());
	view = slurp(".events/rejected.log");
	CHECK(strlen(view) > 0);
	CHECK(strlen(view) < MUCH);
	free(view);
	CHECK_INT(emit(0, "z"), EV_WRITTEN);
	CHECK(views_hold());
}

/* Nor are views made anew that nobody has the time for. */
static void
test_no_time_anew(void)
{
	struct ev_store_options options = { .until = 1 };
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");

	start_anew();
	emit(0, "x");
	CHECK(unlink(scratch(".events/state")) == 0);
	CHECK(unlink(scratch(".events/2026-01-06.jsonl")) == 0);
	CHECK_INT(write_with(&options, &e, 1), 0);
	entry_clear(&e);
	CHECK(strstr(said,
		  "left to the next writer: there was no state of "
		  "them") != NULL);
	CHECK(!there(".events/2026-01-06.jsonl"));
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK(views_hold());
}

/* The log, the feed, a day, the state and two directories: each once. */
static size_t
count_syncs(void)
{
	size_t i, syncs = 0;

	for (i = 0; i < faulty.count; i++)
		syncs += strstr(faulty.call[i].row->name, "sync") != NULL;
	return syncs;
}

/* A write of several groups, the first of which fails. */
static void
test_groups(void)
{
	static const struct ev_store_options full = { .sync = EV_SYNC_FULL };
	char *data = malloc(800001);
	struct ev_entry e[2];
	size_t i;

	start_anew();
	emit(0, "x");
	memset(data, 'g', 800000);
	data[800000] = '\0';
	for (i = 0; i < 2; i++)
		e[i] = entry(EV_NEW_UUID, NULL, 0, data);
	free(data);
	faulty.how = FAULTY_COUNT;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(write_with(&full, e, 2), 0);
	faulty.armed = false;
	CHECK_INT(count_syncs(), 6);
	CHECK(views_hold());
	for (i = 0; i < faulty.count && faulty.call[i].size < 800000;)
		i++;
	CHECK_STR(faulty.call[i].row->name, "write");
	faulty.at = i;
	faulty.how = FAULTY_ONCE;
	faulty.error = ENOSPC;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(write_entries(e, 2), -1);
	faulty.armed = false;
	CHECK(strstr(last_err.text, strerror(ENOSPC)) != NULL);
	CHECK(views_hold());
	for (i = 0; i < 2; i++)
		entry_clear(&e[i]);
}

/* Where no timer is to be had the lock is asked for again and again. */
static void
test_no_timer(void)
{
	const struct timespec brief = { 0, 30000000 };
	struct ev_entry e;
	int ready[2], fd;
	pid_t pid;
	char c;

	start_anew();
	emit(0, "x");
	CHECK(pipe(ready) == 0);
	pid = fork();
	if (pid == 0) {
		fd = open(scratch(".events/lock"), O_RDWR);
		if (flock(fd, LOCK_EX) < 0 || write(ready[1], "x", 1) != 1)
			_exit(1);
		nanosleep(&brief, NULL);
		_exit(0);
	}
	CHECK(read(ready[0], &c, 1) == 1);
	e = entry(EV_NEW_UUID, NULL, 0, "y");
	faulty.no_timer = true;
	CHECK_INT(write_entries(&e, 1), 0);
	faulty.no_timer = false;
	CHECK_STR(said, ""); /* it was had */
	entry_clear(&e);
	CHECK(waitpid(pid, NULL, 0) == pid);
	close(ready[0]);
	close(ready[1]);
	CHECK(views_hold());
}

int
main(void)
{
	scratch_begin();
	test_lock_removed();
	test_lock_of_no_kind();
	test_foreign_locks();
	test_no_time();
	test_no_time_anew();
	test_groups();
	test_no_timer();
	scratch_end();
	return test_end();
}
