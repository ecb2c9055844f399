/* Writes that have to wait, that have no time or no room. */
#include <sys/wait.h>
#include <time.h>

#include "faulty.h"

#include "base/clock.h"
#include "store/lock.h"
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

/* The first write into a log makes its name durable, too. */
static void
test_name(void)
{
	static const struct ev_store_options data = { .sync = EV_SYNC_DATA };
	struct ev_entry e;
	size_t i, syncs[2];

	start_anew();
	emit(0, "x");
	scratch_put(".events.jsonl", "");
	for (i = 0; i < 2; i++) {
		e = entry(EV_NEW_UUID, NULL, (int)i, "x");
		faulty.how = FAULTY_COUNT;
		faulty.count = 0;
		faulty.armed = true;
		CHECK_INT(write_with(&data, &e, 1), 0);
		faulty.armed = false;
		entry_clear(&e);
		syncs[i] = 0;
		while (faulty.count > 0)
			syncs[i] +=
			    strcmp(faulty.call[--faulty.count].row->name,
				"fsync") == 0;
	}
	CHECK(syncs[0] >= 1);
	CHECK_INT(syncs[1], 0);
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
	size_t first = 0;
	int ready[2], fd;
	pid_t pid;
	char c;

	start_anew();
	emit(0, "x");
	faulty.how = FAULTY_COUNT;
	faulty.count = 0;
	faulty.armed = true;
	emit(0, "x");
	faulty.armed = false;
	while (strcmp(faulty.call[first].row->name, "flock") != 0)
		first++;
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
	faulty.how = FAULTY_ONCE; /* and interrupted, which counts as a try */
	faulty.error = EINTR;
	faulty.at = first + 1;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(write_entries(&e, 1), 0);
	faulty.armed = false;
	faulty.no_timer = false;
	CHECK_STR(faulty.call[first + 1].row->name, "flock");
	CHECK_STR(said, ""); /* it was had */
	entry_clear(&e);
	CHECK(waitpid(pid, NULL, 0) == pid);
	close(ready[0]);
	close(ready[1]);
	CHECK(views_hold());
}

/* Nobody waits for ids to be looked up when time is up. */
static void
test_no_time_for_ids(void)
{
	struct ev_store_options options = { .until = 1 };
	struct ev_entry e = entry(EV_LINE_ID, "t", 0, "x");
	char *log;

	start_anew();
	emit(0, "x");
	CHECK_INT(write_with(&options, &e, 1), -1);
	CHECK(strstr(last_err.text, "cannot read '") != NULL);
	CHECK(strstr(last_err.text, strerror(ETIMEDOUT)) != NULL);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "\n"), 1);
	free(log);
	entry_clear(&e);
}

/* What is closed is not locked any more. */
static void
test_closed(void)
{
	static const char *const names[] = { ".events/lock",
		".events.jsonl.lock" };
	struct ev_place place = EV_PLACE_INIT;
	struct ev_lock lock = EV_LOCK_INIT;
	struct ev_dir dir;
	int fd, i;

	start_anew();
	put_more(names[1], "");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_dir_open(&dir, &place, &last_err), 0);
	CHECK_INT(
	    ev_lock_take(&lock, &dir, ev_clock_mono() + 1000, &last_err), 1);
	for (i = 0; i < 4; i++) {
		if (i == 2)
			ev_lock_close(&lock);
		fd = open(scratch(names[i % 2]), O_RDWR);
		CHECK_INT(flock(fd, LOCK_EX | LOCK_NB), i < 2 ? -1 : 0);
		close(fd);
	}
	ev_dir_close(&dir);
	ev_place_clear(&place);
}

/* The id that is found, or why none is. */
static void
check_found(int r, struct ev_buf *id)
{
	if (r == 1)
		CHECK_STR(ev_buf_str(id), "look-1");
	else
		CHECK(r == -1 &&
		    strstr(last_err.text, strerror(faulty.error)) != NULL);
}

/* Ids are looked up while reads fail. */
static void
test_unread(void)
{
	static const struct ev_store_options usual;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_store *store;

	start_anew();
	write_one(entry(EV_LINE_ID, "look-1", 0, "x"));
	write_one(entry(EV_LINE_ID, "look-1", 0, "y"));
	faulty.how = FAULTY_ONCE;
	faulty.error = EIO;
	for (faulty.at = 0; faulty.at < 16; faulty.at++) {
		store = open_store(&usual);
		faulty.count = 0;
		faulty.armed = true;
		check_found(
		    ev_store_last_id(store, 1, NULL, &id, &last_err), &id);
		check_found(
		    ev_store_prefix_id(store, "loo", &id, &last_err), &id);
		faulty.armed = false;
		ev_store_close(store);
	}
	CHECK(faulty.count < 16); /* each of them failed once */
	ev_buf_clear(&id);
}

/* What cannot wait in a spool is not written as a whole. */
static void
test_no_spool(void)
{
	struct ev_store_options options = { .atomic = true };
	struct ev_entry e = entry(EV_HAND_ID, "a", 0, "x");

	start_anew();
	emit(0, "x");
	setenv("XDG_STATE_HOME", "/dev/null/state", 1);
	CHECK_INT(write_with(&options, &e, 1), -1);
	CHECK(strstr(last_err.text, "/dev/null/state") != NULL);
	setenv("XDG_STATE_HOME", scratch(""), 1);
	CHECK_INT(write_with(&options, &e, 1), 0);
	CHECK_INT(e.result, EV_WRITTEN);
	entry_clear(&e);
	CHECK(views_hold());
}

/* What failed was not asked for: given again to the same store, a line that is
 * in the log once is there, and not a second one. */
static void
test_again(void)
{
	static const struct ev_store_options usual;
	struct ev_entry e[3] = { entry(EV_NO_ID, "", 0, "again"),
		entry(EV_NEW_UUID, NULL, 0, "new"),
		entry(EV_NO_ID, "", 0, "counted") };
	struct ev_store *store;
	int failed = 0;
	char *log;

	e[0].own_id.n = e[2].own_id.n = 0;
	e[2].ordinal = 1;
	faulty.how = FAULTY_ONCE;
	faulty.error = ENOSPC;
	for (faulty.at = 0; faulty.at < 40; faulty.at++) {
		start_anew();
		CHECK_INT(write_entries(e, 1), 0);
		store = open_store(&usual);
		faulty.count = 0;
		faulty.armed = true;
		if (ev_store_write(store, e, 3, &last_err) < 0) {
			faulty.armed = false;
			failed++;
			CHECK_INT(ev_store_write(store, e, 3, &last_err), 0);
			CHECK_INT(e[0].result, EV_SAME);
			CHECK_INT(e[1].result, EV_WRITTEN);
			log = slurp(".events.jsonl");
			CHECK_INT(count_of(log, "\"counted\""), 1);
			free(log);
		}
		faulty.armed = false;
		ev_store_close(store);
	}
	CHECK(failed > 0);
	entry_clear(&e[0]);
	entry_clear(&e[1]);
	entry_clear(&e[2]);
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
	test_name();
	test_groups();
	test_no_timer();
	test_no_time_for_ids();
	test_closed();
	test_again();
	test_no_spool();
	test_unread();
	scratch_end();
	return test_end();
}
