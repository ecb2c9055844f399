/* Calls, disks and clocks that fail a write at places that matter: what is in
 * the log stays there, and the views are in order with the next writer. */
#include "faulty.h"

#include <sys/resource.h>

#include "storing.h"

#define KILO 1000
#define LINES 31

/* Disturbs one call of a write; its result as write_one. */
static int
disturbed(struct ev_entry e, enum faulty_how how, size_t at)
{
	int r;

	faulty.how = how;
	faulty.at = at;
	faulty.count = faulty.interrupts = 0;
	faulty.armed = true;
	r = write_one(e);
	faulty.armed = false;
	return r;
}

/* The nth call of that name of the write before. */
static size_t
call_of(const char *name, size_t nth)
{
	size_t i;

	for (i = 0; i < faulty.count; i++)
		if (strcmp(faulty.call[i].row->name, name) == 0 && nth-- == 0)
			break;
	CHECK(i < faulty.count);
	return i;
}

/* An event of a day with so many bytes of data. */
static struct ev_entry
sized(int day, size_t n)
{
	char *data = malloc(n + 1);
	struct ev_entry e;

	memset(data, 's', n);
	data[n] = '\0';
	e = entry(EV_NEW_UUID, NULL, day, data);
	free(data);
	return e;
}

/* A day that fills a step nearly, and many days behind it. */
static int
write_large(enum faulty_how how, size_t at)
{
	static const struct ev_store_options whole = { .atomic = true };
	struct ev_entry e[LINES];
	size_t i;
	int r;

	for (i = 0; i < LINES; i++)
		e[i] = i < 20 ? sized(0, 100 * KILO) :
				sized((int)i - 19, 150 * KILO);
	start_anew();
	emit(0, "x");
	faulty.how = how;
	faulty.at = at;
	faulty.count = 0;
	faulty.armed = true;
	r = write_with(&whole, e, LINES);
	faulty.armed = false;
	for (i = 0; i < LINES; i++)
		entry_clear(&e[i]);
	return r;
}

/* A large write over many days gets no further than to some of them: the next
 * one goes on there, and makes nothing anew. */
static void
test_large_step(void)
{
	size_t i, last = 0;

	CHECK_INT(write_large(FAULTY_COUNT, 0), 0);
	CHECK(views_hold());
	for (i = 0; i < faulty.count; i++)
		if (strcmp(faulty.call[i].row->name, "write") == 0 &&
		    faulty.call[i].size > 150 * KILO)
			last = i;
	faulty.error = EIO;
	CHECK_INT(write_large(FAULTY_ONCE, last), 0);
	CHECK(strstr(said, "are behind: ") != NULL);
	CHECK_INT(emit(1, "next"), EV_WRITTEN);
	CHECK_STR(said, "");
	CHECK(views_hold());
}

/* A limit on the size of files is an error of the write, and no signal. */
static void
test_limit(void)
{
	struct rlimit old, limit;
	struct stat st;
	char *log;
	int r;

	start_anew();
	emit(0, "x");
	CHECK(stat(scratch(".events.jsonl"), &st) == 0);
	CHECK(getrlimit(RLIMIT_FSIZE, &old) == 0);
	limit = old;
	limit.rlim_cur = (rlim_t)st.st_size + 10;
	CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	r = emit(0, "limited");
	CHECK(setrlimit(RLIMIT_FSIZE, &old) == 0);
	CHECK_INT(r, -1);
	CHECK(strstr(last_err.text, strerror(EFBIG)) != NULL);
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "limited"), 0);
	CHECK_INT(count_of(log, "\"y\"}}\n"), 1);
	free(log);
	CHECK(views_hold());
}

/* Nor does a line that there is no room for leave a part of it. */
static void
test_no_room(void)
{
	static const int errors[] = { EFBIG, ENOSPC, EDQUOT };
	char *log, *after;
	size_t i, at;

	start_anew();
	emit(0, "x");
	CHECK_INT(disturbed(sized(0, 80 * KILO), FAULTY_COUNT, 0), EV_WRITTEN);
	at = call_of("fallocate", 0);
	log = slurp(".events.jsonl");
	for (i = 0; i < 3; i++) {
		faulty.error = errors[i];
		CHECK_INT(disturbed(sized(0, 80 * KILO), FAULTY_ONCE, at), -1);
		CHECK(strstr(last_err.text, strerror(errors[i])) != NULL);
		after = slurp(".events.jsonl");
		CHECK(strcmp(log, after) == 0);
		free(after);
	}
	free(log);
	/* a file system that cannot set room aside is none without room */
	faulty.error = EOPNOTSUPP;
	CHECK_INT(disturbed(sized(0, 80 * KILO), FAULTY_ONCE, at), EV_WRITTEN);
	CHECK(views_hold());
}

/* Files that cannot be opened at once, or only to be read: what is not written
 * says why. */
static void
test_opened(void)
{
	static const int errors[] = { EAGAIN, EROFS };
	size_t i, at, calls, good = 0;
	char *log;
	int r;

	start_anew();
	emit(0, "x");
	disturbed(entry(EV_HAND_ID, "o1", 0, "opened"), FAULTY_COUNT, 0);
	calls = faulty.count;
	for (i = 0; i < 2; i++) {
		for (at = 0; at < calls; at++) {
			start_anew();
			emit(0, "x");
			faulty.error = errors[i];
			r = disturbed(entry(EV_HAND_ID, "o1", 0, "opened"),
			    FAULTY_ONCE, at);
			log = slurp(".events.jsonl");
			if (r == EV_WRITTEN)
				CHECK_INT(count_of(log, "opened"), 1);
			else
				CHECK(strstr(last_err.text,
					  strerror(errors[i])) != NULL);
			free(log);
			good += r == EV_WRITTEN && said[0] == '\0';
			CHECK_INT(emit(0, "next"), EV_WRITTEN);
			CHECK(views_hold());
		}
	}
	CHECK(good > 0);
}

/* A time that is none is told before anything is written. */
static void
test_now(void)
{
	char *log;

	start_anew();
	emit(0, "x");
	setenv("EV_NOW", "tomorrow or so", 1);
	CHECK_INT(emit(0, "y"), -1);
	unsetenv("EV_NOW");
	CHECK(strstr(last_err.text, "EV_NOW") != NULL);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "\n"), 1);
	free(log);
}

/* Moments that are far away bind nobody. */
static void
test_far(void)
{
	struct ev_store_options options = {
		.deadline_ms = 1000, .lock_by = INT64_MAX, .until = INT64_MAX
	};
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");

	start_anew();
	CHECK_INT(write_with(&options, &e, 1), 0);
	CHECK_INT(write_with(&options, &e, 1), 0);
	CHECK_STR(said, "");
	entry_clear(&e);
	CHECK(views_hold());
}

static void
remove_log(void)
{
	unlink(scratch(".events.jsonl"));
}

/* The log is taken away while it is written without the lock. */
static void
test_log_taken(void)
{
	static const struct ev_store_options brief = { .deadline_ms = 5 };
	struct ev_entry e;
	size_t at, calls = 1;
	int fd, r;

	for (at = 0; at < calls; at++) {
		start_anew();
		emit(0, "x");
		fd = open(scratch(".events/lock"), O_RDWR);
		CHECK(flock(fd, LOCK_EX) == 0);
		e = entry(EV_HAND_ID, "l1", 0, "y");
		faulty.how = FAULTY_FOREIGN;
		faulty.foreign = remove_log;
		faulty.at = at;
		faulty.count = 0;
		faulty.armed = true;
		r = write_with(&brief, &e, 1);
		faulty.armed = false;
		faulty.foreign = NULL;
		calls = faulty.count;
		CHECK_INT(r, 0);
		close(fd);
		entry_clear(&e);
		CHECK_INT(emit(0, "next"), EV_WRITTEN);
		CHECK(views_hold());
	}
}

static void
cut_log(void)
{
	CHECK(truncate(scratch(".events.jsonl"), 10) == 0);
}

/* The log is cut while it is read from behind. */
static void
test_cut(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_store *store;
	size_t at, calls = 1, none = 0;
	int r;

	for (at = 0; at < calls; at++) {
		start_anew();
		write_one(entry(EV_HAND_ID, "cut", 0, "x"));
		CHECK_INT(
		    ev_place_find(&place, scratch(""), true, &last_err), 0);
		store = ev_store_open(&place, &usual, &last_err);
		faulty.how = FAULTY_FOREIGN;
		faulty.foreign = cut_log;
		faulty.at = at;
		faulty.count = 0;
		faulty.armed = true;
		r = ev_store_last_id(store, 1, NULL, &id, &last_err);
		faulty.armed = false;
		faulty.foreign = NULL;
		calls = calls > faulty.count ? calls : faulty.count;
		CHECK(r == 0 ||
		    (r == 1 && ev_slice_is(ev_buf_slice(&id), "cut")));
		none += r == 0;
		ev_store_close(store);
		ev_place_clear(&place);
	}
	CHECK(none > 0);
	ev_buf_clear(&id);
}

/* More days than fit at first, and more bytes than wait for their files. */
static void
test_large_rebuild(void)
{
	struct ev_entry e[40];
	size_t i;

	start_anew();
	for (i = 0; i < 40; i++)
		e[i] = sized((int)i % 20, 150 * KILO);
	CHECK_INT(write_entries(e, 40), 0);
	for (i = 0; i < 40; i++)
		entry_clear(&e[i]);
	CHECK(unlink(scratch(".events/state")) == 0);
	scratch_put(".events/2026-01-08.jsonl", "");
	CHECK_INT(disturbed(entry(EV_NEW_UUID, NULL, 0, "y"), FAULTY_COUNT, 0),
	    EV_WRITTEN);
	CHECK(strstr(said, "were made anew") != NULL);
	CHECK(views_hold());
	/* none of their files can be written in the middle of it */
	i = call_of("write", 3);
	CHECK(unlink(scratch(".events/state")) == 0);
	faulty.error = ENOSPC;
	CHECK_INT(disturbed(entry(EV_NEW_UUID, NULL, 0, "z"), FAULTY_ONCE, i),
	    EV_WRITTEN);
	CHECK(strstr(said, strerror(ENOSPC)) != NULL);
	CHECK_INT(emit(0, "next"), EV_WRITTEN);
	CHECK(views_hold());
}

/* An empty file that somebody else of the group made is taken as it is. */
static void
test_theirs(void)
{
	struct stat st;

	if (geteuid() != 0)
		return;
	start_anew();
	emit(0, "x");
	CHECK(chmod(scratch(".events.jsonl"), 0664) == 0);
	scratch_put(".events/2026-01-07.jsonl", "");
	CHECK(chmod(scratch(".events/2026-01-07.jsonl"), 0600) == 0);
	CHECK(chown(scratch(".events/2026-01-07.jsonl"), 1, 1) == 0);
	CHECK_INT(emit(1, "y"), EV_WRITTEN);
	CHECK(stat(scratch(".events/2026-01-07.jsonl"), &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(st.st_uid, 1);
	CHECK(views_hold());
}

/* A log that is the user's alone has views that are. */
static void
test_alone(void)
{
	struct stat st;

	start_anew();
	put_more(".events.jsonl", "");
	CHECK(chmod(scratch(".events.jsonl"), 0600) == 0);
	CHECK_INT(emit(1, "y"), EV_WRITTEN);
	CHECK(stat(scratch(".events/2026-01-07.jsonl"), &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK(stat(scratch(".events"), &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0700);
}

/* A log that is none is refused, whoever has the store open. */
static void
test_log_of_no_kind(void)
{
	static const struct ev_store_options usual;
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;

	start_anew();
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK(mkfifo(scratch(".events.jsonl"), 0666) == 0);
	CHECK_INT(emit(0, "x"), -1);
	CHECK(strstr(last_err.text, "is not a regular file, refused") != NULL);
	CHECK_INT(ev_store_write(store, &e, 1, &last_err), -1);
	CHECK(strstr(last_err.text, "is not a regular file, refused") != NULL);
	entry_clear(&e);
	ev_store_close(store);
	ev_place_clear(&place);
}

int
main(void)
{
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	test_large_step();
	test_limit();
	test_no_room();
	test_opened();
	test_now();
	test_far();
	test_log_taken();
	test_cut();
	test_large_rebuild();
	test_theirs();
	test_alone();
	test_log_of_no_kind();
	scratch_end();
	return test_end();
}
