/* A line that is longer than any event may be: it stays in the log, is damage
 * in the views, and hides nothing behind it. */
#include "faulty.h"

#include "store/lines.h"
#include "storing.h"

#define LONG ((off_t)EV_LINES_LONGEST + (8 << 20))

static off_t
size_of(const char *name)
{
	struct stat st;

	return stat(scratch(name), &st) == 0 ? st.st_size : -1;
}

/* Appends the line, a hole with an end. */
static void
put_long(off_t length)
{
	off_t n = size_of(".events.jsonl");

	CHECK(truncate(scratch(".events.jsonl"), n + length) == 0);
	put_more(".events.jsonl", "\n");
}

/* Every byte of the log stands in one view. */
static void
check_views(void)
{
	CHECK_INT(size_of(".events/rejected.log"), LONG + 1);
	CHECK_INT(size_of(".events/2026-01-06.jsonl") +
		size_of(".events/2026-01-07.jsonl") + LONG + 1,
	    size_of(".events.jsonl"));
}

static void
test_follow(void)
{
	emit(0, "before");
	put_long(LONG);
	CHECK_INT(emit(1, "behind"), EV_WRITTEN);
	check_views();
	CHECK_INT(size_of(".events/feed.jsonl"), size_of(".events.jsonl"));
}

/* By the whole log, by its table, and from behind. */
static void
test_find(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_store *store;
	struct ev_entry e;

	CHECK_INT(write_one(entry(EV_HAND_ID, "h1", 1, "x")), EV_WRITTEN);
	put_long(2 * LONG); /* more than is held of it from behind */
	e = entry(EV_HAND_ID, "h1", 1, "x");
	e.has_time = false;
	CHECK_INT(write_one(e), EV_SAME);
	CHECK_INT(write_one(entry(EV_LINE_ID, "h1", 1, "x")), EV_SAME);
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_last_id(store, 1, NULL, &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "h1");
	CHECK_INT(ev_store_prefix_id(store, "h", &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "h1");
	ev_store_close(store);
	ev_place_clear(&place);
	ev_buf_clear(&id);
}

/* Too much for a writer: it leaves the views to ev-fsck, which makes them. */
static void
test_anew(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;

	CHECK(unlink(scratch(".events/state")) == 0);
	CHECK_INT(emit(0, "next"), EV_WRITTEN);
	CHECK(strstr(said, "stale; ev-fsck --rebuild makes them anew") != NULL);
	CHECK_INT(emit(0, "next"), EV_WRITTEN);
	CHECK_STR(said, "");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_rebuild(store, &last_err), 0);
	ev_store_close(store);
	ev_place_clear(&place);
	check_views();
	CHECK_INT(emit(0, "last"), EV_WRITTEN);
	CHECK_STR(said, "");
	check_views();
	CHECK(!there(".events/lost.jsonl"));
}

/* The n-th call of a name fails. */
static void
fail_at(const char *name, size_t nth)
{
	size_t i;

	faulty.how = FAULTY_COUNT;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(make_anew(), 0);
	for (i = 0; i < faulty.count; i++)
		if (strcmp(faulty.call[i].row->name, name) == 0 && nth-- == 0)
			break;
	CHECK(i < faulty.count);
	faulty.at = i;
	faulty.how = FAULTY_ONCE;
	faulty.error = EIO;
	faulty.count = 0;
	CHECK_INT(make_anew(), -1);
	faulty.armed = false;
	CHECK(strstr(last_err.text, strerror(EIO)) != NULL);
	CHECK_INT(make_anew(), 0);
	check_views();
}

/* A state that cannot be written: views that are behind are told. */
static void
test_no_state(void)
{
	bool told = false;

	faulty.how = FAULTY_ONCE;
	faulty.error = EIO;
	for (faulty.at = 0; faulty.at < 60; faulty.at++) {
		unlink(scratch(".events/state"));
		faulty.count = 0;
		faulty.armed = true;
		emit(0, "x");
		faulty.armed = false;
		told =
		    told || strstr(said, "are behind: cannot write '") != NULL;
	}
	CHECK(told);
	CHECK_INT(make_anew(), 0);
}

/* What fails while it is copied. */
static void
test_copy(void)
{
	size_t nth;

	for (nth = 0; nth < 3; nth++) {
		fail_at("create", nth);
		fail_at("write", nth);
		fail_at("pread", 15 + 130 * nth); /* in its last block, too */
	}
}

int
main(void)
{
	scratch_begin();
	start_anew();
	test_follow();
	test_anew();
	test_copy();
	test_no_state();
	start_anew();
	test_find();
	scratch_end();
	return test_end();
}
