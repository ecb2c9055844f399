/* What comes in the midst of a write: signals, and the lines of others. */
#include "faulty.h"

#include "storing.h"

#define LARGE 100000 /* bytes; a dozen of them are more than a group */
#define LINES 12

static volatile sig_atomic_t arrived;
static bool early;

static void
note(int number)
{
	arrived = number;
}

static void
interrupt(void)
{
	raise(SIGTERM);
	early |= arrived != 0;
}

static void
begin(void)
{
	start_anew();
	CHECK_INT(emit(0, "x"), EV_WRITTEN);
}

static int
disturbed(struct ev_entry *e, size_t n, enum faulty_how how, size_t at)
{
	int r;

	faulty.how = how;
	faulty.at = at;
	faulty.count = 0;
	faulty.armed = true;
	r = write_entries(e, n);
	faulty.armed = false;
	return r;
}

/* The nth write of the last run. */
static size_t
write_of(size_t nth)
{
	size_t i;

	for (i = 0; i < faulty.count; i++)
		if (strcmp(faulty.call[i].row->name, "write") == 0 &&
		    nth-- == 0)
			break;
	CHECK(i < faulty.count);
	return i;
}

/* A signal that would end the writer waits until it has written. */
static void
test_signal(void)
{
	struct ev_entry e = entry(EV_HAND_ID, "a", 0, "x");

	begin();
	CHECK_INT(disturbed(&e, 1, FAULTY_COUNT, 0), 0);
	entry_clear(&e);
	e = entry(EV_HAND_ID, "b", 0, "x");
	faulty.foreign = interrupt;
	signal(SIGTERM, note);
	begin();
	CHECK_INT(disturbed(&e, 1, FAULTY_FOREIGN, write_of(0)), 0);
	signal(SIGTERM, SIG_DFL);
	faulty.foreign = NULL;
	entry_clear(&e);
	CHECK(!early);
	CHECK_INT(arrived, SIGTERM);
	CHECK(views_hold());
}

/* Large lines, more than go into the log at once, and a small one behind. */
static void
cast(struct ev_entry *e)
{
	static const char *const id[] = { "0", "1", "2", "3", "4", "5", "6",
		"7", "8", "9", "10", "11" };
	char *data = malloc(LARGE + 1);
	size_t i;

	memset(data, 's', LARGE);
	data[LARGE] = '\0';
	for (i = 0; i < LINES; i++)
		e[i] = entry(EV_LINE_ID, id[i], 0, data);
	e[LINES] = entry(EV_LINE_ID, "last", 0, "last");
	free(data);
}

/* A line that another writer puts between the pieces of one group is known when
 * the next group has it. */
static void
test_between(void)
{
	struct ev_entry e[LINES + 1];
	struct ev_buf theirs = EV_BUF_INIT;
	char log_path[300], *log;
	size_t i, at;

	snprintf(log_path, sizeof(log_path), "%s", scratch(".events.jsonl"));
	begin();
	cast(e);
	CHECK_INT(disturbed(e, LINES + 1, FAULTY_COUNT, 0), 0);
	at = write_of(0);
	ev_buf_addf(&theirs, "\n%s\n", ev_buf_str(&e[LINES].line));
	faulty.file = log_path;
	faulty.text = ev_buf_str(&theirs);
	faulty.most = LARGE * 3 / 2; /* the first line stands before theirs */
	begin();
	CHECK_INT(disturbed(e, LINES + 1, FAULTY_SPLIT, at), 0);
	CHECK_INT(e[0].result, EV_WRITTEN);
	CHECK_INT(e[LINES].result, EV_SAME);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "\"last\"}}\n"), 1);
	free(log);
	CHECK(views_hold());
	for (i = 0; i <= LINES; i++)
		entry_clear(&e[i]);
	ev_buf_clear(&theirs);
}

/* Three lines as a whole, of which the log takes one and a part. */
static int
write_some(enum faulty_how how, size_t at, size_t then)
{
	static const struct ev_store_options whole = { .atomic = true };
	struct ev_entry e[3];
	size_t i;
	int r;

	for (i = 0; i < 3; i++)
		e[i] = entry(EV_NEW_UUID, NULL, 0, "whole");
	begin();
	faulty.how = how;
	faulty.at = at;
	faulty.then = then;
	faulty.count = 0;
	faulty.armed = true;
	r = write_with(&whole, e, 3);
	faulty.armed = false;
	faulty.then = 0;
	for (i = 0; i < 3; i++)
		entry_clear(&e[i]);
	return r;
}

/* Of events that are written as a whole the disk has room for some: the next
 * writer, whoever it is, writes the rest. */
static void
test_rest(void)
{
	size_t at, then;
	char *log;

	CHECK_INT(write_some(FAULTY_COUNT, 0, 0), 0);
	at = write_of(1); /* behind the one into the spool */
	faulty.most = faulty.call[at].size / 2;
	CHECK_INT(write_some(FAULTY_SHORT, at, 0), 0);
	then = write_of(2);
	faulty.error = ENOSPC;
	CHECK_INT(write_some(FAULTY_SHORT, at, then), -1);
	CHECK(strstr(last_err.text, "some events are in the log") != NULL);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "whole\"}}\n"), 1);
	free(log);
	CHECK_INT(emit(0, "next"), EV_WRITTEN);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "whole\"}}\n"), 3);
	free(log);
	/* where none is there, none comes later */
	CHECK_INT(write_some(FAULTY_ONCE, at, 0), -1);
	CHECK(strstr(last_err.text, "events are in the log") == NULL);
	CHECK_INT(emit(0, "next"), EV_WRITTEN);
	log = slurp(".events.jsonl");
	CHECK_INT(count_of(log, "whole"), 0);
	free(log);
	CHECK(views_hold());
}

int
main(void)
{
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	test_signal();
	test_between();
	test_rest();
	scratch_end();
	return test_end();
}
