#include <stdlib.h>
#include <sys/file.h>
#include <fcntl.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "store/slot.h"
#include "storing.h"

static char *
feed(void)
{
	return slurp(".events/feed.jsonl");
}

static void
test_first(void)
{
	char *log, *text;

	start_anew();
	CHECK_INT(emit(0, "one"), EV_WRITTEN);
	CHECK_STR(said, "");
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "\n"), 1);
	CHECK(views_hold());
	text = slurp(".events/2026-01-06.jsonl");
	CHECK_STR(text, log);
	free(text);
	text = slurp(".events/.gitignore");
	CHECK(strstr(text, "lock\nstate\n") == text);
	free(text);
	free(log);
	CHECK_INT(emit(0, "two"), EV_WRITTEN);
	CHECK_INT(emit(1, "three"), EV_WRITTEN);
	CHECK(views_hold());
	text = feed();
	CHECK_INT(count_of(text, "\n"), 3);
	free(text);
}

/* Ids grow in log order, also when the clock steps back and when the state is
 * lost. */
static void
test_ids(void)
{
	char before[EV_IDENT_SIZE] = "";
	struct ev_entry e;
	int i;

	start_anew();
	for (i = 0; i < 12; i++) {
		setenv("EV_NOW",
		    i % 2 == 0 ? "2026-01-06T10:00:00Z" :
				 "2026-01-05T10:00:00Z",
		    1);
		if (i == 6)
			unlink(scratch(".events/state"));
		e = entry(EV_NEW_UUID, NULL, 0, "x");
		CHECK_INT(write_entries(&e, 1), 0);
		CHECK(strcmp(before, e.id) < 0);
		memcpy(before, e.id, sizeof(before));
		entry_clear(&e);
	}
	unsetenv("EV_NOW");
	CHECK(views_hold());
}

static void
test_foreign(void)
{
	static const char whole[] = "{\"event_id\":\"f\",\"event_type\":\"t\","
				    "\"timestamp\":\"2026-01-09T01:00:00Z\"}";
	char *log;

	start_anew();
	CHECK_INT(emit(0, "one"), EV_WRITTEN);
	put_more(".events.jsonl", whole);
	put_more(".events.jsonl", "\r\n\n   \nnot json\n[1]\n{\"torn\":");
	CHECK_INT(emit(0, "two"), EV_WRITTEN);
	CHECK(views_hold());
	log = slurp(".events.jsonl");
	CHECK(strstr(log, "{\"torn\":\n{\"event_id\":") != NULL);
	free(log);

	/* an unterminated object counts once it is sealed, not before */
	put_more(".events.jsonl", whole);
	log = slurp(".events/2026-01-09.jsonl");
	CHECK_INT(count_of(log, "\n"), 1);
	free(log);
	CHECK_INT(emit(0, "three"), EV_WRITTEN);
	CHECK(views_hold());
	log = slurp(".events/2026-01-09.jsonl");
	CHECK_INT(count_of(log, "\n"), 2);
	free(log);
}

static void
test_foreign_first(void)
{
	start_anew();
	scratch_put(".events.jsonl",
	    "{\"event_id\":\"f\",\"event_type\":\"t\","
	    "\"timestamp\":\"2026-01-09T01:00:00Z\"}\n{\"x\"");
	CHECK_INT(emit(0, "one"), EV_WRITTEN);
	CHECK(views_hold());
	CHECK(there(".events/2026-01-09.jsonl"));
}

static void
test_hostile_dates(void)
{
	start_anew();
	put_more(".events.jsonl",
	    "{\"event_id\":\"f\",\"event_type\":\"t\","
	    "\"timestamp\":\"../../../etc/x\"}\n"
	    "{\"event_id\":\"f\",\"event_type\":\"t\","
	    "\"timestamp\":\"1999-12-31T23:59:59Z\"}\n"
	    "{\"event_id\":\"f\",\"event_type\":\"t\","
	    "\"timestamp\":\"2100-01-01T00:00:00Z\"}\n"
	    "{\"event_id\":\"f\",\"event_type\":\"t\","
	    "\"timestamp\":\"2099-12-31T23:59:59Z\"}\n");
	CHECK_INT(emit(0, "one"), EV_WRITTEN);
	CHECK(there(".events/2099-12-31.jsonl"));
	CHECK(!there(".events/1999-12-31.jsonl"));
	CHECK(!there(".events/2100-01-01.jsonl"));
	CHECK(!there("etc"));
}

static void
test_many_days(void)
{
	struct ev_entry e[60];
	size_t i;

	start_anew();
	for (i = 0; i < 60; i++)
		e[i] = entry(EV_NEW_UUID, NULL, (int)(i * 7 % 20), "x");
	CHECK_INT(write_entries(e, 60), 0);
	CHECK(views_hold());
	for (i = 0; i < 60; i++)
		entry_clear(&e[i]);
	/* days that the state does not list any more */
	for (i = 0; i < 20; i++)
		CHECK_INT(emit((int)i, "y"), EV_WRITTEN);
	CHECK(views_hold());
	CHECK_STR(said, "");
}

/* A writer that was killed before its state was written leaves lines in views
 * that the next one must not write again. */
static void
test_killed(void)
{
	struct ev_entry e[60];
	char old[2 * EV_SLOT_SIZE], *text;
	size_t i, round;
	int fd;

	for (round = 0; round < 2; round++) {
		start_anew();
		for (i = 0; i < 9; i++)
			emit((int)i, "x");
		fd = open(scratch(".events/state"), O_RDWR);
		CHECK_INT(ev_pread_all(fd, old, sizeof(old), 0), sizeof(old));
		for (i = 0; i < 60; i++)
			e[i] = entry(EV_NEW_UUID, NULL,
			    (int)(round == 0 ? i % 6 + 3 : i % 4 + 4), "y");
		CHECK_INT(write_entries(e, round == 0 ? 60 : 4), 0);
		for (i = 0; i < 60; i++)
			entry_clear(&e[i]);
		CHECK_INT(ev_pwrite_all(fd, old, sizeof(old), 0), 0);
		close(fd);
		if (round == 0)
			CHECK(
			    truncate(scratch(".events/feed.jsonl"), 2000) == 0);
		CHECK_INT(emit(0, "z"), EV_WRITTEN);
		CHECK(views_hold());
		text = slurp(".events/lost.jsonl");
		CHECK_STR(text, "");
		free(text);
	}
}

/* A step over many days that ends in the middle: the next writer goes on. */
static void
test_half_a_wide_step(void)
{
	static const char last[] = ".events/2026-01-17.jsonl";
	struct ev_entry e[24];
	char kept[400];
	struct ev_state state;
	size_t i;
	int fd;

	start_anew();
	for (i = 0; i < 12; i++)
		emit((int)i, "x");
	snprintf(kept, sizeof(kept), "%s.kept", scratch(last));
	CHECK(rename(scratch(last), kept) == 0);
	CHECK(symlink("elsewhere", scratch(last)) == 0);
	for (i = 0; i < 24; i++)
		e[i] = entry(EV_NEW_UUID, NULL, (int)i % 12, "y");
	CHECK_INT(write_entries(e, 24), 0);
	CHECK(strstr(said, "is a symbolic link, refused") != NULL);
	for (i = 0; i < 24; i++)
		entry_clear(&e[i]);
	fd = open(scratch(".events/state"), O_RDONLY);
	CHECK_INT(ev_slot_read(fd, &state), 1);
	CHECK(state.wide);
	close(fd);
	CHECK(rename(kept, scratch(last)) == 0);
	CHECK_INT(emit(0, "z"), EV_WRITTEN);
	CHECK_STR(said, "");
	CHECK(views_hold());
	CHECK(!there(".events/lost.jsonl"));
}

static void
test_lost_state(void)
{
	static const char *const gone[] = { ".events/state",
		".events/2026-01-06.jsonl", ".events/2026-01-07.jsonl",
		".events/feed.jsonl", ".events/lock" };
	size_t i;

	start_anew();
	for (i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
		CHECK_INT(emit(0, "x"), EV_WRITTEN);
		CHECK_INT(emit(1, "y"), EV_WRITTEN);
		CHECK(unlink(scratch(gone[i])) == 0);
		CHECK_INT(emit(1, "z"), EV_WRITTEN);
		CHECK_INT(emit(0, "z"), EV_WRITTEN);
		CHECK(views_hold());
		CHECK(!there(".events/lost.jsonl"));
	}
	/* torn and foreign state */
	scratch_put(".events/state", "{\"v\":1,\"seq\":");
	CHECK_INT(emit(1, "z"), EV_WRITTEN);
	CHECK(views_hold());
	/* all of it */
	CHECK(system(NULL) != 0);
	nftw(scratch(".events"), scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
	CHECK_INT(emit(1, "z"), EV_WRITTEN);
	CHECK(views_hold());
}

/* A follower of the feed must not see everything again. */
static void
test_feed_kept(void)
{
	struct stat before, after;

	start_anew();
	emit(0, "x");
	emit(1, "x");
	CHECK(stat(scratch(".events/feed.jsonl"), &before) == 0);
	unlink(scratch(".events/state"));
	emit(0, "y");
	CHECK(stat(scratch(".events/feed.jsonl"), &after) == 0);
	CHECK(before.st_ino == after.st_ino);
	CHECK(views_hold());
}

static void
test_replaced(void)
{
	char *log, *lost;

	start_anew();
	emit(0, "kept");
	log = slurp(".events.jsonl");
	emit(0, "gone-1");
	emit(3, "gone-2");
	scratch_put(".events.jsonl", log);
	free(log);
	CHECK_INT(emit(1, "new"), EV_WRITTEN);
	CHECK(strstr(said, "2 lines that the views held") != NULL);
	CHECK(views_hold());
	CHECK(!there(".events/2026-01-09.jsonl"));
	lost = slurp(".events/lost.jsonl");
	CHECK_INT(count_of(lost, "\n"), 2);
	CHECK_INT(count_of(lost, "gone-"), 2);
	free(lost);

	/* another log of the same length, by another inode */
	log = slurp(".events.jsonl");
	memcpy(strstr(log, "kept"), "best", 4);
	unlink(scratch(".events.jsonl"));
	memcpy(strstr(log, "new"), "old", 3);
	scratch_put(".events.jsonl", log);
	free(log);
	CHECK_INT(emit(1, "more"), EV_WRITTEN);
	CHECK(views_hold());
	lost = slurp(".events/lost.jsonl");
	CHECK_INT(count_of(lost, "\n"), 4);
	free(lost);
}

static void
test_bad_view(void)
{
	char *lost;

	start_anew();
	emit(0, "x");
	put_more(".events/2026-01-06.jsonl", "{\"mine\":1}\n");
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK(views_hold());
	lost = slurp(".events/lost.jsonl");
	CHECK_STR(lost, "{\"mine\":1}\n");
	free(lost);
	put_more(".events/feed.jsonl", "{\"mine\":2}\n{\"mine\":1}\n");
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK(views_hold());
	lost = slurp(".events/lost.jsonl");
	CHECK_STR(lost, "{\"mine\":1}\n{\"mine\":2}\n");
	free(lost);
}

/* As after a power cut: another boot, and views that lost their end. */
static void
test_boot(void)
{
	static const char *const cut[] = { ".events/2026-01-06.jsonl",
		".events/2026-01-17.jsonl", ".events/feed.jsonl" };
	struct ev_state state;
	size_t i, day;
	int fd;

	for (i = 0; i < 3; i++) {
		start_anew();
		for (day = 0; day < 12; day++)
			emit((int)day, "x");
		fd = open(scratch(".events/state"), O_RDWR);
		CHECK_INT(ev_slot_read(fd, &state), 1);
		state.boot[0] ^= 1;
		CHECK_INT(ev_slot_write(fd, &state), 0);
		close(fd);
		CHECK(truncate(scratch(cut[i]), 20) == 0);
		CHECK_INT(emit(30, "y"), EV_WRITTEN);
		CHECK(views_hold());
	}
}

static void
test_long_lines(void)
{
	size_t sizes[] = { 100000, 1u << 20, 3u << 20, 100, 5u << 20 }, i;
	struct ev_entry e[5];
	char *data;

	start_anew();
	for (i = 0; i < 5; i++) {
		data = malloc(sizes[i] + 1);
		memset(data, 'x', sizes[i]);
		data[sizes[i]] = '\0';
		e[i] = entry(EV_NEW_UUID, NULL, (int)i / 2, data);
		free(data);
	}
	CHECK_INT(write_entries(e, 5), 0);
	CHECK(views_hold());
	for (i = 0; i < 5; i++) {
		put_more(".events.jsonl", ev_buf_str(&e[i].line));
		put_more(".events.jsonl", "\n");
	}
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK(views_hold());
	for (i = 0; i < 5; i++)
		entry_clear(&e[i]);
}

static void
test_hand_id(void)
{
	char *log;

	start_anew();
	CHECK_INT(write_one(entry(EV_HAND_ID, "h\"1", 0, "x")), EV_WRITTEN);
	CHECK_INT(write_one(entry(EV_HAND_ID, "h-2", 0, "x")), EV_WRITTEN);
	CHECK_INT(write_one(entry(EV_HAND_ID, "h-2", 0, "other")), EV_SAME);
	CHECK_INT(write_one(entry(EV_HAND_ID, "h-", 0, "x")), EV_WRITTEN);
	/* in the tail that is not projected yet */
	put_more(
	    ".events.jsonl", "{\"event_id\":\"h-3\",\"event_type\":\"t\"}\n");
	CHECK_INT(write_one(entry(EV_HAND_ID, "h-3", 0, "x")), EV_SAME);
	/* the text stands in a line, but is not its id */
	put_more(
	    ".events.jsonl", "{\"event_id\":\"z\",\"event_type\":\"h-4\"}\n");
	CHECK_INT(write_one(entry(EV_HAND_ID, "h-4", 0, "x")), EV_WRITTEN);
	CHECK_INT(write_one(entry(EV_HAND_ID, "h-4", 0, "x")), EV_SAME);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "\n"), 6);
	free(log);
	CHECK(views_hold());
}

static void
test_guard_id(void)
{
	static const char *const want[] = { "evt_1767657600000_01234567",
		"evt_1767657600000_01234567_2", "evt_1767657600000_01234567_3",
		"evt_1767657600000_01234567_4" };
	struct ev_entry e[2];
	int i, j;

	start_anew();
	for (i = 0; i < 2; i++) {
		for (j = 0; j < 2; j++) {
			e[j] = entry(EV_NEW_GUARD, NULL, 0, "x");
			strcpy(e[j].finger, "fp_0123456789abcdef");
		}
		CHECK_INT(write_entries(e, 2), 0);
		CHECK_STR(e[0].id, want[i * 2]);
		CHECK_STR(e[1].id, want[i * 2 + 1]);
		entry_clear(&e[0]);
		entry_clear(&e[1]);
	}
	CHECK(views_hold());
}

/* Writes n entries that are made anew each time; gives how many were
 * written. */
static size_t
import(enum ev_identity identity, size_t n)
{
	struct ev_entry *e = calloc(n, sizeof(*e));
	size_t i, written = 0;
	char(*id)[32] = calloc(n, sizeof(*id));

	for (i = 0; i < n; i++) {
		snprintf(id[i], sizeof(id[i]), "id-%zu", i);
		if (identity == EV_NO_ID) {
			e[i] = entry(identity, "", 0, i % 3 == 0 ? "a" : "b");
			e[i].own_id.n = 0;
		} else {
			e[i] = entry(identity, id[i], (int)(i % 4), "x");
		}
	}
	CHECK_INT(write_entries(e, n), 0);
	for (i = 0; i < n; i++) {
		written += e[i].result == EV_WRITTEN;
		entry_clear(&e[i]);
	}
	free(id);
	free(e);
	return written;
}

static void
test_import(void)
{
	static const enum ev_identity kinds[] = { EV_LINE_ID, EV_NO_ID,
		EV_HAND_ID };
	char *log;
	size_t i;

	for (i = 0; i < 3; i++) {
		start_anew();
		CHECK_INT(import(kinds[i], 500), 500);
		CHECK_INT(import(kinds[i], 500), 0);
		CHECK_INT(import(kinds[i], 700), 200);
		CHECK_INT(import(kinds[i], 700), 0);
		log = slurp(".events.jsonl");
		CHECK_INT(count_of(log, "\n"), 700);
		free(log);
		CHECK(views_hold());
	}
}

/* What is equal in one input counts as often as it stands there, also when the
 * log is read anew in between, for ids or because it is another one. */
static void
test_equal_lines(void)
{
	static const struct ev_store_options usual;
	static const enum ev_identity kinds[] = { EV_NO_ID, EV_NO_ID,
		EV_LINE_ID, EV_NO_ID, EV_NO_ID };
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	struct ev_entry e;
	size_t i, round;

	start_anew();
	for (round = 0; round < 3; round++) {
		CHECK_INT(
		    ev_place_find(&place, scratch(""), true, &last_err), 0);
		store = ev_store_open(&place, &usual, &last_err);
		for (i = 0; i < 5; i++) {
			e = entry(
			    kinds[i], kinds[i] == EV_NO_ID ? "" : "id", 0, "x");
			if (kinds[i] == EV_NO_ID)
				e.own_id.n = 0;
			if (round == 2 && i == 3)
				scratch_put(".events.jsonl", "{}\n");
			CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
			CHECK_INT(e.result,
			    round == 0 || (round == 2 && i >= 3) ? EV_WRITTEN :
								   EV_SAME);
			entry_clear(&e);
		}
		ev_store_close(store);
		ev_place_clear(&place);
	}
	CHECK(views_hold());
}

static void
test_many_of_one_id(void)
{
	struct ev_entry e[200];
	char data[16];
	int round;
	size_t i;

	start_anew();
	for (round = 0; round < 2; round++) {
		for (i = 0; i < 200; i++) {
			snprintf(data, sizeof(data), "%zu", i);
			e[i] = entry(EV_LINE_ID, "1", 0, data);
		}
		CHECK_INT(write_entries(e, 200), 0);
		for (i = 0; i < 200; i++) {
			CHECK_INT(e[i].result,
			    round == 1 ? EV_SAME :
				i == 0 ? EV_WRITTEN :
					 EV_CONFLICT);
			entry_clear(&e[i]);
		}
	}
}

static int
conflict(enum ev_on_conflict what, const char *given, const char *data)
{
	struct ev_store_options options = {
		.sync = EV_SYNC_NONE, .on_conflict = what, .deadline_ms = 0
	};
	struct ev_entry e = entry(EV_LINE_ID, "c", 0, data);
	int r;

	e.given = ev_slice_of(given);
	r = write_with(&options, &e, 1) < 0 ? -1 : (int)e.result;
	entry_clear(&e);
	return r;
}

static void
test_conflict(void)
{
	static const char same[] = "{ \"data\" : {\"d\":\t\"x\"},"
				   "\"event_id\":\"c\",\"event_type\":\"t\"}";
	static const char other[] = "{\"event_id\":\"c\",\"event_type\":\"u\"}";
	static const char extra[] = "{\"event_id\":\"c\",\"note\":1}";
	char *log;

	start_anew();
	CHECK_INT(conflict(EV_ON_CONFLICT_ERROR, same, "x"), EV_WRITTEN);
	CHECK_INT(conflict(EV_ON_CONFLICT_ERROR, same, "y"), EV_SAME);
	CHECK_INT(conflict(EV_ON_CONFLICT_ERROR, other, "y"), EV_REFUSED);
	CHECK_INT(conflict(EV_ON_CONFLICT_ERROR, extra, "y"), EV_REFUSED);
	CHECK_INT(conflict(EV_ON_CONFLICT_SKIP, other, "y"), EV_SKIPPED);
	CHECK_INT(conflict(EV_ON_CONFLICT_WRITE, other, "y"), EV_CONFLICT);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "\n"), 2);
	free(log);
}

static void
test_no_lock(void)
{
	static const char *const locks[] = { ".events/lock",
		".events.jsonl.lock" };
	struct ev_store_options options = {
		.sync = EV_SYNC_NONE, .on_conflict = 0, .deadline_ms = 100
	};
	struct ev_entry e;
	int64_t start;
	size_t i;
	pid_t pid;

	for (i = 0; i < 2; i++) {
		start_anew();
		emit(0, "x");
		put_more(".events.jsonl", "{\"torn\"");
		pid = hold_lock(locks[i]);
		start = ev_clock_mono();
		e = entry(EV_NEW_UUID, NULL, 0, "y");
		CHECK_INT(write_with(&options, &e, 1), 0);
		entry_clear(&e);
		CHECK(ev_clock_mono() - start < 600);
		CHECK(ev_clock_mono() - start >= 90);
		CHECK(strstr(said, "another process holds the lock") != NULL);
		e = entry(EV_HAND_ID, "h", 0, "y");
		CHECK_INT(write_with(&options, &e, 1), 0);
		CHECK_INT(e.result, EV_WRITTEN);
		CHECK_INT(write_with(&options, &e, 1), 0);
		CHECK_INT(e.result, EV_SAME);
		entry_clear(&e);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		CHECK_INT(emit(0, "z"), EV_WRITTEN);
		CHECK(views_hold());
	}
}

/* Nothing of a store may lead elsewhere. */
static void
test_links(void)
{
	static const char *const names[] = { ".events.jsonl", ".events",
		".events/lock" };
	size_t i;
	char *text;

	for (i = 0; i < 3; i++) {
		start_anew();
		scratch_put("victim", "safe\n");
		mkdir(scratch("dir"), 0755);
		if (i == 2)
			mkdir(scratch(".events"), 0755);
		CHECK(symlink(scratch(i == 1 ? "dir" : "victim"),
			  scratch(names[i])) == 0);
		CHECK_INT(emit(0, "x"), -1);
		CHECK(strstr(last_err.text, "is a symbolic link, refused") !=
		    NULL);
		text = slurp("victim");
		CHECK_STR(text, "safe\n");
		free(text);
		CHECK(!there("dir/lock"));
	}
	start_anew();
	CHECK(mkfifo(scratch(".events.jsonl"), 0644) == 0);
	CHECK_INT(emit(0, "x"), -1);
	CHECK(strstr(last_err.text, "not a regular file") != NULL);
	/* a view that is a link is left alone, and the event still written */
	start_anew();
	scratch_put("victim", "safe\n");
	emit(1, "x");
	CHECK(symlink(scratch("victim"), scratch(".events/2026-01-06.jsonl")) ==
	    0);
	CHECK_INT(emit(0, "x"), EV_WRITTEN);
	CHECK(strstr(said, "is a symbolic link, refused") != NULL);
	text = slurp("victim");
	CHECK_STR(text, "safe\n");
	free(text);
	unlink(scratch(".events/2026-01-06.jsonl"));
	CHECK_INT(emit(0, "x"), EV_WRITTEN);
	CHECK(views_hold());
}

/* The log is rewritten in place while a store is open. */
static void
test_replaced_meanwhile(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	struct ev_entry e;
	int i;

	start_anew();
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	for (i = 0; i < 4; i++) {
		e = entry(EV_LINE_ID, "one", 0, "x");
		CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
		CHECK_INT(e.result, i == 1 ? EV_SAME : EV_WRITTEN);
		entry_clear(&e);
		if (i == 1)
			scratch_put(".events.jsonl", "{}\n");
		if (i == 2)
			unlink(scratch(".events.jsonl"));
	}
	CHECK_INT(ev_store_write(store, NULL, 0, &last_err), 0);
	ev_store_close(store);
	ev_place_clear(&place);
	CHECK(views_hold());
}

static void
test_sync_and_ids(void)
{
	struct ev_store_options options = {
		.sync = EV_SYNC_FULL, .on_conflict = 0, .deadline_ms = 0
	};
	struct ev_place place = EV_PLACE_INIT;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_store *store;
	struct ev_entry e;

	start_anew();
	e = entry(EV_HAND_ID, "abc-one", 0, "x");
	CHECK_INT(write_with(&options, &e, 1), 0);
	entry_clear(&e);
	write_one(entry(EV_HAND_ID, "abd-two", 0, "x"));
	put_more(".events.jsonl", "torn\n{\"event_id\":\"unfinished\"");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &options, &last_err);
	CHECK_INT(ev_store_last_id(store, 1, NULL, &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "abd-two");
	CHECK_INT(ev_store_last_id(store, 2, NULL, &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "abc-one");
	CHECK_INT(ev_store_last_id(store, 3, NULL, &id, NULL), 0);
	CHECK_INT(ev_store_prefix_id(store, "abc", &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "abc-one");
	CHECK_INT(ev_store_prefix_id(store, "ab", &id, NULL), -1);
	CHECK_INT(ev_store_prefix_id(store, "x", &id, NULL), 0);
	/* what is an id as a whole is no prefix of others */
	write_one(entry(EV_HAND_ID, "abd-two-more", 0, "x"));
	CHECK_INT(ev_store_prefix_id(store, "abd-two", &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "abd-two");
	CHECK_INT(ev_store_prefix_id(store, "abd-tw", &id, NULL), -1);
	CHECK_INT(ev_store_rebuild(store, &last_err), 0);
	ev_store_close(store);
	ev_place_clear(&place);
	ev_buf_clear(&id);
}

/* Views are not made with dialects that are wrong. */
static void
test_rebuild_unsure(void)
{
	static const struct ev_store_options options;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;

	start_anew();
	emit(0, "x");
	put_more(".events/dialects.json", "[1]");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &options, &last_err);
	CHECK_INT(ev_store_rebuild(store, &last_err), -1);
	CHECK(strstr(last_err.text, "dialects") != NULL);
	ev_store_close(store);
	ev_place_clear(&place);
}

int
main(void)
{
	scratch_begin();
	test_first();
	test_ids();
	test_foreign();
	test_foreign_first();
	test_hostile_dates();
	test_many_days();
	test_killed();
	test_half_a_wide_step();
	test_lost_state();
	test_feed_kept();
	test_replaced();
	test_bad_view();
	test_boot();
	test_long_lines();
	test_hand_id();
	test_guard_id();
	test_import();
	test_equal_lines();
	test_many_of_one_id();
	test_conflict();
	test_no_lock();
	test_replaced_meanwhile();
	test_links();
	test_sync_and_ids();
	test_rebuild_unsure();
	scratch_end();
	return test_end();
}
