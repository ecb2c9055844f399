/* Ways of a write that few stores ask for. */
#include "store/state.h"
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
	scratch_end();
	return test_end();
}
