/*
 * scenes: stores in many states, and what is written into them, for the tests
 * that disturb the writer.
 */
#ifndef EV_SCENES_H
#define EV_SCENES_H

#include "store/slot.h"
#include "store/spool.h"
#include "storing.h"

#define MOST 24 /* entries of a write */
#define BRIEF 5 /* ms that the lock is waited for */

struct scene {
	const char *name;
	void (*prepare)(void);
	size_t (*cast)(struct ev_entry *e);
	struct ev_store_options options;
	bool held; /* somebody else has the lock */
	bool old;  /* the kernel has no openat2 */
	bool anew; /* the views are made anew, nothing is written */
};

static size_t
one(struct ev_entry *e)
{
	e[0] = entry(EV_HAND_ID, "x1", 1, "one");
	return 1;
}

static size_t
made(struct ev_entry *e)
{
	e[0] = entry(EV_NEW_UUID, NULL, 1, "made");
	e[1] = entry(EV_NEW_GUARD, NULL, 1, "made");
	strcpy(e[1].finger, "fp_0123456789abcdef");
	e[2] = entry(EV_NEW_GUARD, NULL, 1, "told before");
	strcpy(e[2].finger, e[1].finger);
	strcpy(e[2].id, "evt_1767744000000_01234567_7");
	return 3;
}

static size_t
batch(struct ev_entry *e)
{
	e[0] = entry(EV_LINE_ID, "x1", 1, "one");
	e[1] = entry(EV_LINE_ID, "x2", 0, "two");
	e[2] = entry(EV_LINE_ID, "x3", 2, "three");
	return 3;
}

static size_t
equals(struct ev_entry *e)
{
	size_t i;

	for (i = 0; i < 3; i++) {
		e[i] = entry(EV_NO_ID, "", 0, "equal");
		e[i].own_id.n = 0;
	}
	return 3;
}

static size_t
days(struct ev_entry *e)
{
	static char id[MOST][8];
	size_t i;

	for (i = 0; i < MOST; i++) {
		snprintf(id[i], sizeof(id[i]), "w%zu", i);
		e[i] = entry(EV_HAND_ID, id[i], (int)i % 12, "wide");
	}
	return MOST;
}

static size_t
long_one(struct ev_entry *e)
{
	static char data[70001];

	memset(data, 'l', sizeof(data) - 1);
	e[0] = entry(EV_HAND_ID, "x1", 1, data);
	return 1;
}

static void
none(void)
{
}

static void
clean(void)
{
	emit(0, "first");
	emit(1, "second");
}

static void
torn(void)
{
	clean();
	put_more(".events.jsonl", "{\"event_id\":\"torn\",\"event_ty");
}

static void
foreign(void)
{
	static const char line[] = "{\"event_id\":\"%d\",\"event_type\":\"t\","
				   "\"timestamp\":\"2026-01-09T01:00:00Z\"}%s";
	char text[200];

	clean();
	snprintf(text, sizeof(text), line, 1, "\n[1]\n");
	put_more(".events.jsonl", text);
	snprintf(text, sizeof(text), line, 2, "");
	put_more(".events.jsonl", text);
}

static void
bare(void)
{
	foreign();
	nftw(scratch(".events"), scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static void
no_state(void)
{
	foreign();
	scratch_put(".events/state", "{\"v\":1,\"seq\":");
}

static void
replaced(void)
{
	char *log;

	clean();
	log = slurp(".events.jsonl");
	emit(3, "gone");
	memcpy(strstr(log, "first"), "FIRST", 5);
	scratch_put(".events.jsonl", log);
	free(log);
}

static void
many(void)
{
	int day;

	for (day = 0; day < 12; day++)
		emit(day, "first");
}

/* As after a power cut: the state is of another boot, a writer before that did
 * not get as far as to it. */
static void
boot(void)
{
	char *log, *more;
	struct ev_state state;
	int fd;

	many();
	fd = open(scratch(".events/state"), O_RDWR);
	CHECK_INT(ev_slot_read(fd, &state), 1);
	log = slurp(".events.jsonl");
	emit(11, "more");
	more = slurp(".events.jsonl");
	CHECK(strlen(more) > strlen(log));
	state.seq += 10;
	state.boot[0] ^= 1;
	CHECK_INT(ev_slot_write(fd, &state), 0);
	close(fd);
	free(log);
	free(more);
}

/* A step over many days ended in the middle. */
static void
half(void)
{
	static const char last[] = ".events/2026-01-17.jsonl";
	struct ev_entry e[MOST];
	char *view;
	size_t i;

	many();
	view = slurp(last);
	CHECK(unlink(scratch(last)) == 0);
	CHECK(symlink("elsewhere", scratch(last)) == 0);
	for (i = 0; i < MOST; i++)
		e[i] = entry(EV_NEW_UUID, NULL, (int)i % 12, "y");
	CHECK_INT(write_entries(e, MOST), 0);
	for (i = 0; i < MOST; i++)
		entry_clear(&e[i]);
	CHECK(unlink(scratch(last)) == 0);
	scratch_put(last, view);
	free(view);
}

/* Views that others wrote into. */
static void
bad(void)
{
	clean();
	put_more(".events/2026-01-06.jsonl", "{\"mine\":1}\n \t\n");
	put_more(".events/feed.jsonl", "{\"mine\":2}\n\n");
	put_more(".events/lost.jsonl", "{\"mine\":0}");
}

/* An id of the batch is there with other content. */
static void
conflicting(void)
{
	clean();
	write_one(entry(EV_LINE_ID, "x2", 0, "other"));
}

static void
share_log(void)
{
	CHECK(chmod(scratch(".events.jsonl"), 0664) == 0);
	if (geteuid() == 0)
		CHECK(chown(scratch(".events.jsonl"), (uid_t)-1, 1) == 0);
}

/* What was written is a segment now, and some lines follow on it. */
static void
rotated(void)
{
	many();
	rotate_log();
	emit(1, "third");
	put_more(".events.jsonl", "{\"event_id\":\"torn\",\"event_ty");
}

static void
rotated_anew(void)
{
	rotated();
	scratch_put(".events/state", "{\"v\":1,\"seq\":");
}

/* Two days are compressed, one of which goes on, where somebody wrote into it;
 * and there is no state. */
static void
packed(void)
{
	many();
	pack_day(0);
	pack_day(1);
	emit(0, "late");
	put_more(".events/2026-01-06.jsonl", "{\"mine\":1}\n");
	scratch_put(".events/state", "{\"v\":1,\"seq\":");
}

/* Some bytes of others wait, and what is written is there already. */
static void
nothing_new(void)
{
	clean();
	write_one(entry(EV_HAND_ID, "x1", 1, "one"));
	put_more(".events.jsonl", "[1]\n");
}

/* The log of a group, with the lock of another family of writers beside it. */
static void
shared(void)
{
	bare();
	put_more(".events.jsonl.lock", "");
	share_log();
}

static void
spooled(void)
{
	struct ev_place place = EV_PLACE_INIT;
	struct ev_entry e[2] = { entry(EV_HAND_ID, "s1", 0, "spooled"),
		entry(EV_LINE_ID, "s2", 1, "spooled") };
	struct ev_buf path = EV_BUF_INIT;
	char name[EV_SPOOL_NAME];
	int fd;

	clean();
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_spool_put(&place, e, 2, name, &last_err), 0);
	/* and what somebody who is killed would leave there */
	fd = ev_spool_open(&place, &path, &last_err);
	close(openat(fd, "half.tmp", O_WRONLY | O_CREAT, 0600));
	close(fd);
	ev_buf_clear(&path);
	ev_place_clear(&place);
	entry_clear(&e[0]);
	entry_clear(&e[1]);
}

/* clang-format off */
static const struct scene scenes[] = {
	{ "none", none, one, { .sync = EV_SYNC_DATA }, false, false, false },
	{ "clean", clean, one, { .sync = EV_SYNC_FULL }, false, false, false },
	{ "torn", torn, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "made", torn, made, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "foreign", foreign, batch, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "equal", foreign, equals, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "bare", bare, batch, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "state", no_state, one, { .sync = EV_SYNC_FULL }, false, false, false },
	{ "replaced", replaced, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "many", many, days, { .sync = EV_SYNC_FULL }, false, false, false },
	{ "half", half, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "boot", boot, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "bad", bad, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "shared", shared, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "conflict", conflicting, batch, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "nothing", nothing_new, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "anew", bad, one, { .sync = EV_SYNC_NONE }, false, false, true },
	{ "anew-many", replaced, one, { .sync = EV_SYNC_NONE }, false, false,
	    true },
	{ "rotated", rotated, batch, { .sync = EV_SYNC_NONE }, false, false,
	    false },
	{ "rotated-anew", rotated_anew, one, { .sync = EV_SYNC_NONE }, false,
	    false, false },
	{ "packed", packed, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "spooled", spooled, one, { .sync = EV_SYNC_NONE }, false, false, false },
	{ "atomic", torn, batch, { .atomic = true }, false, false, false },
	{ "held", torn, batch, { .deadline_ms = BRIEF }, true, false, false },
	{ "held-made", torn, made, { .deadline_ms = BRIEF }, true, false, false },
	{ "old", none, one, { .sync = EV_SYNC_NONE }, false, true, false },
	{ "old-days", many, days, { .sync = EV_SYNC_NONE }, false, true, false },
	{ "long", torn, long_one, { .sync = EV_SYNC_NONE }, false, false, false },
};
/* clang-format on */
#define SCENES (sizeof(scenes) / sizeof(scenes[0]))

#endif
