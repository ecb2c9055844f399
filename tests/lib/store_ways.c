/* Ways of a write that few stores ask for. */
#include <sys/wait.h>
#include <time.h>

#include "faulty.h"

#include "store/dir.h"
#include "store/spool.h"
#include "storing.h"

#define DAYS 700 /* more than a step takes at once */
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

/* A log of more days than a step takes: it takes some. */
static void
test_more_days(void)
{
	struct ev_entry e;
	size_t i;

	start_anew();
	emit(0, "x");
	for (i = 0; i < DAYS; i++) {
		e = entry(EV_HAND_ID, "f", (int)i, "x");
		put_more(".events.jsonl", ev_buf_str(&e.line));
		put_more(".events.jsonl", "\n");
		entry_clear(&e);
	}
	CHECK_INT(emit(1, "y"), EV_WRITTEN);
	CHECK_STR(said, "");
	CHECK_INT(count_views(), DAYS);
	CHECK_INT(emit(1, "z"), EV_WRITTEN);
	CHECK_STR(said, "");
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

/* Ids that are taken within one write. */
static void
test_one_round(void)
{
	struct ev_entry e[3] = { entry(EV_HAND_ID, "one", 0, "x"),
		entry(EV_HAND_ID, "two", 0, "x"),
		entry(EV_HAND_ID, "one", 0, "y") };
	size_t i;

	start_anew();
	CHECK_INT(write_entries(e, 3), 0);
	CHECK_INT(e[0].result, EV_WRITTEN);
	CHECK_INT(e[1].result, EV_WRITTEN);
	CHECK_INT(e[2].result, EV_SAME);
	for (i = 0; i < 3; i++)
		entry_clear(&e[i]);
	CHECK(views_hold());
}

static struct ev_entry
numbered(const char *id)
{
	struct ev_entry e = entry(EV_NEW_GUARD, NULL, 0, "x");

	strcpy(e.finger, "fp_0123456789abcdef");
	strcpy(e.id, id);
	return e;
}

/* An id that was told before is kept while nobody else has it. */
static void
test_told_ids(void)
{
	static const char told[] = "evt_1767657600000_01234567_7";
	struct ev_entry e = numbered(told);

	start_anew();
	CHECK_INT(write_entries(&e, 1), 0);
	CHECK_INT(e.result, EV_WRITTEN);
	CHECK_STR(e.id, told);
	CHECK(strstr(ev_buf_str(&e.line), told) != NULL);
	entry_clear(&e);
	e = numbered(told);
	CHECK_INT(write_entries(&e, 1), 0);
	CHECK_INT(e.result, EV_WRITTEN);
	CHECK_STR(e.id, "evt_1767657600000_01234567");
	entry_clear(&e);
	CHECK(views_hold());
}

/* Without a time an id is looked for in all of the log. */
static void
test_no_day(void)
{
	struct ev_entry e = entry(EV_HAND_ID, "h", 0, "x");

	start_anew();
	emit(0, "x");
	e.has_time = false;
	CHECK_INT(write_entries(&e, 1), 0);
	CHECK_INT(e.result, EV_WRITTEN);
	CHECK_INT(write_entries(&e, 1), 0);
	CHECK_INT(e.result, EV_SAME);
	entry_clear(&e);
}

/* What others put around a line is no part of it. */
static void
test_dressed(void)
{
	static const enum ev_identity kinds[] = { EV_NO_ID, EV_LINE_ID,
		EV_HAND_ID };
	struct ev_entry e;
	size_t i, line;

	for (i = 0; i < 3; i++) {
		for (line = 0; line < 2; line++) {
			start_anew();
			e = entry(kinds[i], "d", 0, "x");
			put_more(".events.jsonl",
			    line == 0 ? "\xef\xbb\xbf" : "\n \t");
			put_more(".events.jsonl", ev_buf_str(&e.line));
			put_more(".events.jsonl", "\r\n");
			if (kinds[i] == EV_NO_ID)
				e.own_id.n = 0;
			CHECK_INT(write_entries(&e, 1), 0);
			CHECK_INT(e.result,
			    kinds[i] == EV_NO_ID && line == 1 ? EV_WRITTEN :
								EV_SAME);
			entry_clear(&e);
		}
	}
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

/* A view that no state lists, and that ends inside a line. */
static void
test_torn_view(void)
{
	int day;

	start_anew();
	for (day = 0; day < 12; day++)
		emit(day, "x");
	put_more(".events/2026-01-06.jsonl", "{\"torn\"");
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK(strstr(said, "made anew: they were damaged") != NULL);
	CHECK(views_hold());
}

/* What a killed writer of the spool left is removed when it is old. */
static void
test_leftovers(void)
{
	struct ev_place place = EV_PLACE_INIT;
	struct ev_entry e = entry(EV_HAND_ID, "s1", 0, "spooled");
	struct ev_buf path = EV_BUF_INIT;
	const struct timespec past[2] = { { 1000000, 0 }, { 1000000, 0 } };
	char name[EV_SPOOL_NAME];
	int fd, i;

	start_anew();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_spool_put(&place, &e, 1, name, &last_err), 0);
	fd = ev_spool_open(&place, &path, &last_err);
	for (i = 0; i < 2; i++)
		close(openat(fd, i == 0 ? "old.tmp" : "new.tmp",
		    O_WRONLY | O_CREAT, 0600));
	CHECK(utimensat(fd, "old.tmp", past, 0) == 0);
	CHECK_INT(emit(0, "x"), EV_WRITTEN);
	CHECK(strstr(said, "1 event of the spool") != NULL);
	CHECK(faccessat(fd, "old.tmp", F_OK, 0) < 0);
	CHECK(faccessat(fd, "new.tmp", F_OK, 0) == 0);
	CHECK(faccessat(fd, name, F_OK, 0) < 0);
	close(fd);
	entry_clear(&e);
	ev_buf_clear(&path);
	ev_place_clear(&place);
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

static void
test_directories(void)
{
	struct ev_place place = EV_PLACE_INIT;
	struct ev_dir dir;

	start_anew();
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_dir_open(&dir, &place, &last_err), 0);
	CHECK_INT(ev_dir_make_inside(&dir, "some", &last_err), 0);
	CHECK_INT(ev_dir_make_inside(&dir, "some", &last_err), 0);
	CHECK_INT(ev_dir_make_inside(&dir, "no/such", &last_err), -1);
	CHECK(strstr(last_err.text, "cannot make '") != NULL);
	CHECK(strstr(last_err.text, ".events/no/such'") != NULL);
	ev_dir_close(&dir);
	ev_place_clear(&place);
	start_anew();
	put_more(".events", "");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	if (ev_dir_open(&dir, &place, &last_err) == 0) {
		CHECK_INT(ev_dir_make_inside(&dir, "some", &last_err), -1);
		ev_dir_close(&dir);
	}
	ev_place_clear(&place);
}

int
main(void)
{
	scratch_begin();
	test_lock_removed();
	test_lock_of_no_kind();
	test_foreign_locks();
	test_more_days();
	test_no_time();
	test_one_round();
	test_told_ids();
	test_no_day();
	test_dressed();
	test_no_time_anew();
	test_torn_view();
	test_leftovers();
	test_groups();
	test_no_timer();
	test_directories();
	scratch_end();
	return test_end();
}
