/* A line that is longer than any event may be: it stays in the log, is damage
 * in the views, and hides nothing behind it. */
#include "faulty.h"

#include "store/lines.h"
#include "storing.h"

#define BAD 4 /* bytes of another line that is no event */
#define LONG ((off_t)EV_LINES_LONGEST + (8 << 20))

static off_t
size_of(const char *name)
{
	struct stat st;

	return stat(scratch(name), &st) == 0 ? st.st_size : -1;
}

/* Appends the line, a hole with an end, behind another damaged one. */
static void
put_long(off_t length)
{
	off_t n = size_of(".events.jsonl") + BAD;

	put_more(".events.jsonl", "[1]\n");
	CHECK(truncate(scratch(".events.jsonl"), n + length) == 0);
	put_more(".events.jsonl", "\n");
}

/* Every byte of the log stands in one view. */
static void
check_views(void)
{
	CHECK_INT(size_of(".events/rejected.log"), BAD + LONG + 1);
	CHECK_INT(size_of(".events/2026-01-06.jsonl") +
		size_of(".events/2026-01-07.jsonl") + BAD + LONG + 1,
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

/* It cannot be read while it is followed: the next writer goes on there. */
static void
test_unread(void)
{
	size_t i, window = 0;

	start_anew();
	emit(0, "before");
	put_long(LONG);
	faulty.how = FAULTY_COUNT;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(emit(1, "behind"), EV_WRITTEN);
	faulty.armed = false;
	for (i = 0; i < faulty.count; i++)
		if (faulty.call[i].size > 1 << 20)
			window = i; /* behind which its end is looked for */
	start_anew();
	emit(0, "before");
	put_long(LONG);
	faulty.how = FAULTY_ONCE;
	faulty.error = EIO;
	faulty.at = window + 9;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(emit(1, "behind"), EV_WRITTEN);
	faulty.armed = false;
	CHECK_STR(faulty.call[window + 9].row->name, "pread");
	CHECK(strstr(said, "are behind: cannot read '") != NULL);
	CHECK_INT(emit(1, "next"), EV_WRITTEN);
	CHECK_STR(said, "");
	check_views();
}

/* One whose end is seen with its beginning. */
static void
test_seen(void)
{
	start_anew();
	emit(0, "before");
	put_long((off_t)EV_LINES_LONGEST + 10);
	CHECK_INT(emit(1, "behind"), EV_WRITTEN);
	CHECK_INT(size_of(".events/rejected.log"), BAD + EV_LINES_LONGEST + 11);
	CHECK_INT(size_of(".events/feed.jsonl"), size_of(".events.jsonl"));
}

/* Nor is one of ours any event, whatever it says of its time. */
static void
test_ours(void)
{
	char *data = malloc(EV_LINES_LONGEST + 1);

	memset(data, 'o', EV_LINES_LONGEST);
	data[EV_LINES_LONGEST] = '\0';
	start_anew();
	emit(0, "before");
	CHECK_INT(emit(1, data), EV_WRITTEN);
	free(data);
	CHECK(size_of(".events/rejected.log") > (off_t)EV_LINES_LONGEST);
	CHECK(!there(".events/2026-01-07.jsonl"));
	CHECK_INT(emit(1, "behind"), EV_WRITTEN);
	CHECK_STR(said, "");
	CHECK(there(".events/2026-01-07.jsonl"));
}

/* In a view that is made anew it is nobody's event: nothing keeps it. */
static void
test_in_view(void)
{
	const char *view = ".events/2026-01-06.jsonl";
	char *lost;

	start_anew();
	emit(0, "before");
	put_more(view, "{\"mine\":1}\n");
	CHECK(truncate(scratch(view), size_of(view) + LONG) == 0);
	put_more(view, "\n{\"mine\":2}\n");
	CHECK_INT(make_anew(), 0);
	CHECK(views_hold());
	lost = slurp(".events/lost.jsonl");
	CHECK_STR(lost, "{\"mine\":1}\n{\"mine\":2}\n");
	free(lost);
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
	e = entry(EV_HAND_ID, "h0", 1, "x");
	e.has_time = false;
	CHECK_INT(write_one(e), EV_WRITTEN);
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_last_id(store, 2, NULL, &id, NULL), 1);
	CHECK_STR(ev_buf_str(&id), "h1");
	CHECK_INT(ev_store_prefix_id(store, "h", &id, NULL), -1);
	CHECK_INT(ev_store_prefix_id(store, "h1", &id, NULL), 1);
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
	test_unread();
	test_seen();
	test_ours();
	test_in_view();
	scratch_end();
	return test_end();
}
