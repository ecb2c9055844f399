/* Stores that are not as a writer leaves them: what is in the log stays there,
 * and views that cannot be right are made anew. */
#include <sys/file.h>

#include "store/extend.h"
#include "store/slot.h"
#include "storing.h"

#define MANY (1u << 20)

/* The log is changed under an open store, and is as long as before: what was
 * learned of it counts no more. */
static void
test_changed(void)
{
	static const struct ev_store_options usual;
	struct ev_entry e = entry(EV_LINE_ID, "c1", 0, "x");
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	char *log, *id;
	int fd;

	start_anew();
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
	CHECK_INT(e.result, EV_WRITTEN);
	CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
	CHECK_INT(e.result, EV_SAME);
	log = slurp(".events.jsonl");
	id = strstr(log, "c1");
	memcpy(id, "c2", 2);
	memcpy(strstr(log, "\"x\""), "\"X\"", 3);
	fd = open(scratch(".events.jsonl"), O_WRONLY);
	CHECK(write(fd, log, strlen(log)) == (ssize_t)strlen(log));
	close(fd);
	free(log);
	CHECK_INT(ev_store_write(store, &e, 1, &last_err), 0);
	CHECK_INT(e.result, EV_WRITTEN);
	ev_store_close(store);
	ev_place_clear(&place);
	entry_clear(&e);
	CHECK_INT(write_one(entry(EV_LINE_ID, "c2", 0, "X")), EV_SAME);
	CHECK(views_hold());
}

/* A state that is no file of this store is not followed; the event is
 * written, and the views wait. */
static void
test_state_of_no_kind(void)
{
	static const struct ev_store_options brief = { .deadline_ms = 5 };
	struct ev_entry e;
	int kind, fd;
	char *text;

	for (kind = 0; kind < 2; kind++) {
		start_anew();
		emit(0, "x");
		scratch_put("theirs", "theirs");
		CHECK(unlink(scratch(".events/state")) == 0);
		if (kind == 0)
			CHECK(symlink("../theirs", scratch(".events/state")) ==
			    0);
		else
			CHECK(mkfifo(scratch(".events/state"), 0644) == 0);
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(
		    strstr(said,
			kind == 0 ?
			    ".events/state' is a symbolic link, refused" :
			    ".events/state' is not a regular file, refused") !=
		    NULL);
		fd = open(scratch(".events/lock"), O_RDWR);
		CHECK(flock(fd, LOCK_EX) == 0);
		e = entry(EV_NEW_UUID, NULL, 0, "z");
		CHECK_INT(write_with(&brief, &e, 1), 0);
		CHECK_INT(e.result, EV_WRITTEN);
		entry_clear(&e);
		close(fd);
		text = slurp(".events.jsonl");
		CHECK_INT(count_of(text, "}}\n"), 3);
		free(text);
		text = slurp("theirs");
		CHECK_STR(text, "theirs");
		free(text);
	}
}

static void
count_wrong(struct ev_state *state)
{
	state->fl += 5;
}

static void
feed_of_nowhere(struct ev_state *state)
{
	state->stale = true;
	state->fb = (uint64_t)1 << 40;
}

/* A state that cannot be: the views are made anew. */
static void
test_odd_state(void)
{
	static void (*const changes[])(
	    struct ev_state *) = { count_wrong, feed_of_nowhere };
	size_t i;

	for (i = 0; i < 2; i++) {
		start_anew();
		emit(0, "x");
		emit(1, "y");
		change_state(changes[i]);
		CHECK_INT(emit(0, "z"), EV_WRITTEN);
		CHECK(strstr(said, "were made anew") != NULL);
		CHECK(views_hold());
		CHECK_INT(emit(0, "next"), EV_WRITTEN);
		CHECK_STR(said, "");
	}
}

static const char late[] = "03bb2cc3-d800-7000-8000-000000000000"; /* 2100 */

static void
last_is_late(struct ev_state *state)
{
	strcpy(state->last, late);
}

/* The state's last id is of the far future, and others wrote since: ids are
 * later than that all the same. */
static void
test_late_id(void)
{
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");

	start_anew();
	emit(0, "x");
	change_state(last_is_late);
	put_more(".events.jsonl", "[1]\n");
	CHECK_INT(write_entries(&e, 1), 0);
	CHECK(strcmp(e.id, late) > 0);
	entry_clear(&e);
	CHECK(views_hold());
}

/* Who rotated was killed before the state said it, and then somebody changed
 * what it knows of. */
static void
test_rotated_and_changed(void)
{
	char *state, *at, *segment;
	char name[64];
	int i;

	start_anew();
	for (i = 0; i < 3; i++)
		emit(i, "old");
	state = slurp(".events/state");
	segment = slurp(".events.jsonl");
	snprintf(name, sizeof(name), ".events.0-%zu.jsonl", strlen(segment));
	rotate_log();
	scratch_put(".events/state", state);
	for (at = segment; (at = strstr(at, "\"old\"")) != NULL; at++)
		memcpy(at, "\"OLD\"", 5);
	CHECK(there(name));
	scratch_put(name, segment);
	CHECK_INT(emit(1, "next"), EV_WRITTEN);
	CHECK(strstr(said, "were made anew") != NULL);
	CHECK(views_hold());
	free(state);
	free(segment);
}

static void
other_boot(struct ev_state *state)
{
	state->seq += 10;
	state->boot[0] ^= 1;
	state->unforced = false;
}

/* After another boot, with a segment that somebody took away: nobody knows how
 * long the views must be, and they stay. */
static void
test_boot_without_segment(void)
{
	char *log, *view, name[64];
	int i;

	start_anew();
	for (i = 0; i < 12; i++)
		emit(i, "old");
	log = slurp(".events.jsonl");
	snprintf(name, sizeof(name), ".events.0-%zu.jsonl", strlen(log));
	free(log);
	rotate_log();
	emit(1, "new");
	change_state(other_boot);
	CHECK(unlink(scratch(name)) == 0);
	CHECK_INT(emit(1, "next"), EV_WRITTEN);
	CHECK_STR(said, "");
	view = slurp(".events/2026-01-07.jsonl");
	CHECK_INT(count_of(view, "\n"), 3);
	free(view);
	view = slurp(".events/2026-01-06.jsonl");
	CHECK_INT(count_of(view, "\n"), 1);
	free(view);
}

/* After another boot, with a view that is longer than the state says and a log
 * that has more than is looked through for that: it is made anew. */
static void
test_boot_far_behind(void)
{
	char *state, *line = malloc(MANY + 2);
	size_t i;

	start_anew();
	emit(0, "x");
	change_state(other_boot);
	state = slurp(".events/state");
	emit(0, "y");
	memset(line, '-', MANY);
	strcpy(line + MANY, "\n");
	for (i = 0; i < 20; i++)
		put_more(".events.jsonl", line);
	free(line);
	scratch_put(".events/state", state);
	free(state);
	CHECK_INT(emit(0, "next"), EV_WRITTEN);
	CHECK(strstr(said, "made anew: they were damaged") != NULL);
	CHECK(views_hold());
}

/* A view that is shorter now than it was looked at is not what is due. */
static void
test_shorter(void)
{
	const struct ev_due due = { "0123456789", 10, -1, 0, NULL };
	char *text;
	int fd;

	start_anew();
	scratch_put("view", "01234");
	fd = open(scratch("view"), O_RDWR | O_APPEND);
	CHECK_INT(ev_extend(fd, 0, 8, &due), 0);
	CHECK_INT(ev_extend(fd, 0, 5, &due), 1);
	close(fd);
	text = slurp("view");
	CHECK_STR(text, "0123456789");
	free(text);
}

int
main(void)
{
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	test_changed();
	test_state_of_no_kind();
	test_odd_state();
	test_late_id();
	test_rotated_and_changed();
	test_boot_without_segment();
	test_boot_far_behind();
	test_shorter();
	scratch_end();
	return test_end();
}
