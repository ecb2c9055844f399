/* Ways of a write that few stores ask for. */
#include <sys/stat.h>

#include "base/hash.h"
#include "store/dir.h"
#include "store/same.h"
#include "store/spool.h"
#include "storing.h"

#define DAYS 700 /* more than a step takes at once */

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

/* An event of a later day is looked for there, not a day before. */
static void
test_future(void)
{
	setenv("EV_NOW", "2026-01-01T10:00:00Z", 1);
	start_anew();
	CHECK_INT(write_one(entry(EV_HAND_ID, "f", 4, "x")), EV_WRITTEN);
	CHECK_INT(write_one(entry(EV_HAND_ID, "f", 5, "x")), EV_WRITTEN);
	CHECK_INT(write_one(entry(EV_HAND_ID, "f", 5, "x")), EV_SAME);
	unsetenv("EV_NOW");
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
	start_anew(); /* which removes what is open */
	CHECK_INT(ev_dir_make_inside(&dir, "some", &last_err), -1);
	CHECK(strstr(last_err.text, ".events'") != NULL);
	ev_dir_close(&dir);
	ev_place_clear(&place);
	put_more(".events", "");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	if (ev_dir_open(&dir, &place, &last_err) == 0) {
		CHECK_INT(ev_dir_make_inside(&dir, "some", &last_err), -1);
		ev_dir_close(&dir);
	}
	ev_place_clear(&place);
}

/* Members that nobody gave and that are not ours make another event. */
static void
test_more_members(void)
{
	static const enum ev_dialect_row rows[] = { EV_VERMAS, EV_GENERIC };
	struct ev_entry e;
	size_t i;

	for (i = 0; i < 2; i++) {
		start_anew();
		put_more(".events.jsonl",
		    "{\"event_id\":\"m\",\"event_type\":\"t\",\"note\":1}\n");
		e = entry(EV_LINE_ID, "m", 0, "x");
		e.dialect = &ev_dialects[rows[i]];
		e.given =
		    ev_slice_of("{\"event_id\":\"m\",\"event_type\":\"t\"}");
		CHECK_INT(write_entries(&e, 1), 0);
		CHECK_INT(e.result, EV_CONFLICT);
		entry_clear(&e);
	}
}

/* What the prefix of an id finds: 1, 0 none, -1 several. */
static int
find_prefix(const char *prefix, struct ev_buf *id)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	int r;

	ev_buf_reset(id);
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	r = ev_store_prefix_id(store, prefix, id, &last_err);
	ev_store_close(store);
	ev_place_clear(&place);
	return r;
}

/* The prefix stands in more lines than in those whose id begins with it; an id
 * that is the prefix is meant, however many begin with it. */
static void
test_prefix(void)
{
	struct ev_buf id = EV_BUF_INIT;

	start_anew();
	put_more(".events.jsonl", "[\"pre\"]\n{\"event_id\":\"pre\n");
	put_more(".events.jsonl",
	    "{\"event_id\":\"p\",\"event_type\":\"prefix\"}\n"
	    "{\"event_type\":\"prefix\"}\n");
	write_one(entry(EV_HAND_ID, "a-pre", 0, "x"));
	CHECK_INT(find_prefix("pre", &id), 0);
	write_one(entry(EV_HAND_ID, "pre-1", 0, "x"));
	CHECK_INT(find_prefix("pre", &id), 1);
	CHECK_STR(ev_buf_str(&id), "pre-1");
	write_one(entry(EV_HAND_ID, "pre-2", 0, "x"));
	CHECK_INT(find_prefix("pre", &id), -1);
	write_one(entry(EV_HAND_ID, "pre", 0, "x"));
	CHECK_INT(find_prefix("pre", &id), 1);
	CHECK_STR(ev_buf_str(&id), "pre");
	ev_buf_clear(&id);
}

/* A tombstone stands for the event whose digest it has, and for no other. */
static void
test_tombstones(void)
{
	static const char given[] = "{\"event_id\":\"t\",\"n\":1}";
	char hex[EV_SHA256_HEX], text[200];
	static const struct {
		const char *before, *behind;
		size_t digits;
		bool same;
	} rows[] = {
		{ "\"", "\"", 64, true },
		{ "\"", "\"", 8, true },
		{ "\"", "\"", 7, false },
		{ "\"", "0\"", 64, false },
		{ "\"0", "\"", 9, false },
		{ "\"\",\"other\":\"", "\"", 64, false },
		{ "[\"", "\"]", 64, false },
	};
	size_t i;

	ev_sha256_hex(given, sizeof(given) - 1, hex);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(text, sizeof(text),
		    "{\"event_id\":\"t\",\"redacted\":%s%.*s%s}",
		    rows[i].before, (int)rows[i].digits, hex, rows[i].behind);
		CHECK_INT(ev_same(&ev_dialects[EV_GENERIC], ev_slice_of(given),
			      ev_slice_of(text)),
		    rows[i].same);
	}
}

/* An event that only its LF is missing from is there. */
static void
test_unended(void)
{
	static const enum ev_identity kinds[] = { EV_NO_ID, EV_LINE_ID,
		EV_HAND_ID };
	struct ev_entry e;
	size_t i;

	for (i = 0; i < 3; i++) {
		start_anew();
		emit(0, "x");
		e = entry(kinds[i], "u", 0, "x");
		if (kinds[i] == EV_NO_ID)
			e.own_id.n = 0;
		put_more(".events.jsonl", ev_buf_str(&e.line));
		CHECK_INT(write_entries(&e, 1), 0);
		CHECK_INT(e.result, EV_SAME);
		entry_clear(&e);
		CHECK(views_hold());
	}
}

/* An id of the far future, by a clock that was wrong, binds nobody; one of
 * tomorrow does. */
static void
test_wrong_clock(void)
{
	static const char *const ids[] = {
		"evt-03bb2cc3-d800-7000-8000-000000000000", /* 2100 */
		"evt-019b94e5-1600-7fff-bfff-ffffffffffff"  /* that evening */
	};
	struct ev_entry e;
	size_t i;

	setenv("EV_NOW", "2026-01-06T10:00:00Z", 1);
	for (i = 0; i < 2; i++) {
		start_anew();
		put_more(".events.jsonl", "{\"event_id\":\"");
		put_more(".events.jsonl", ids[i]);
		put_more(".events.jsonl", "\",\"event_type\":\"t\"}\n");
		e = entry(EV_NEW_UUID, NULL, 0, "x");
		CHECK_INT(write_entries(&e, 1), 0);
		CHECK_INT(strcmp(e.id, ids[i] + 4) > 0, i == 1);
		entry_clear(&e);
	}
	unsetenv("EV_NOW");
}

/* A feed that was taken away: a new one begins, and nothing is made anew. */
static void
test_feed_taken(void)
{
	char *feed;

	start_anew();
	emit(0, "x");
	emit(1, "y");
	CHECK(unlink(scratch(".events/feed.jsonl")) == 0);
	CHECK_INT(emit(0, "z"), EV_WRITTEN);
	CHECK_STR(said, "");
	feed = slurp(".events/feed.jsonl");
	CHECK_INT(count_of(feed, "\n"), 1);
	free(feed);
	CHECK(views_hold());
}

int
main(void)
{
	scratch_begin();
	test_more_days();
	test_one_round();
	test_told_ids();
	test_no_day();
	test_future();
	test_dressed();
	test_feed_taken();
	test_wrong_clock();
	test_unended();
	test_more_members();
	test_prefix();
	test_tombstones();
	test_torn_view();
	test_leftovers();
	test_directories();
	scratch_end();
	return test_end();
}
