/* A log that was rotated, or is while it is written: what fails there. */
#include <sys/wait.h>

#include "faulty.h"

#include "store/slot.h"
#include "storing.h"

#define MOST 400 /* calls of one write */
#define BRIEF 5	 /* ms that the lock is waited for */

static char log_path[300];

/* As after a power cut: the state is of another boot, and of before the last
 * write. */
static void
prepare(void)
{
	struct ev_state state;
	int fd, i;

	start_anew();
	for (i = 0; i < 3; i++)
		emit(i, "old");
	rotate_log();
	for (i = 0; i < 3; i++)
		emit(i, "new");
	fd = open(scratch(".events/state"), O_RDWR);
	CHECK_INT(ev_slot_read(fd, &state), 1);
	emit(2, "last");
	state.seq += 10;
	state.boot[0] ^= 1;
	state.unforced = false;
	CHECK_INT(ev_slot_write(fd, &state), 0);
	close(fd);
}

static int
disturbed(const struct ev_store_options *options, enum ev_identity identity)
{
	const char *id = identity == EV_HAND_ID ? "d1" : NULL;
	struct ev_entry e = entry(identity, id, 1, "disturbed");
	int r;

	faulty.count = faulty.interrupts = 0;
	faulty.armed = true;
	r = write_with(options, &e, 1) < 0 ? -1 : (int)e.result;
	faulty.armed = false;
	entry_clear(&e);
	CHECK(faulty.count < MOST);
	return r;
}

/* Whoever comes next brings everything in order. */
static void
check_next(void)
{
	CHECK_INT(emit(1, "next"), EV_WRITTEN);
	CHECK(views_hold());
}

/* Each call fails once: the event is there, or it is said why not. */
static void
test_unread(enum ev_identity identity, bool damaged)
{
	static const struct ev_store_options usual;
	bool over = false;
	char *log;
	int r;

	faulty.how = FAULTY_ONCE;
	faulty.error = EIO;
	for (faulty.at = 0; !over; faulty.at++) {
		prepare();
		if (damaged)
			put_more(".events/2026-01-06.jsonl", "{\"mine\":1}\n");
		r = disturbed(&usual, identity);
		log = slurp_log();
		if (r < 0)
			CHECK(strstr(last_err.text, strerror(EIO)) != NULL);
		else
			CHECK_INT(count_of(log, "disturbed"), 1);
		free(log);
		over = faulty.count <= faulty.at;
		check_next();
	}
}

static void
take_segment(void)
{
	char name[64];
	int n;

	for (n = 0; n < 4000; n++) {
		snprintf(name, sizeof(name), ".events.0-%d.jsonl", n);
		unlink(scratch(name));
	}
}

/* The segment is taken away under who writes, or their directory cannot be
 * read: the event is written all the same, or it is said why not. */
static void
test_gone(void)
{
	static const struct ev_store_options usual;
	bool over;
	char *log;
	int turn, r;

	faulty.error = EACCES;
	for (turn = 0; turn < 2; turn++) {
		faulty.how = turn == 0 ? FAULTY_ONCE : FAULTY_FOREIGN;
		faulty.foreign = take_segment;
		over = false;
		for (faulty.at = 0; !over; faulty.at++) {
			prepare();
			r = disturbed(&usual, EV_HAND_ID);
			over = faulty.count <= faulty.at;
			log = slurp_log();
			CHECK(r < 0 ? last_err.text[0] != '\0' :
				      count_of(log, "disturbed") == 1);
			free(log);
			CHECK_INT(emit(1, "next"), EV_WRITTEN);
			if (turn == 0)
				CHECK(views_hold());
		}
	}
	faulty.foreign = NULL;
}

/* A torn line gets its end first; a log without a line is rotated no more. */
static void
test_rotation(void)
{
	static const struct ev_store_options usual;
	struct ev_place place = EV_PLACE_INIT;
	struct ev_store *store;
	char *log;

	start_anew();
	emit(0, "old");
	put_more(".events.jsonl", "{\"torn\"");
	rotate_log();
	log = slurp(".events.jsonl");
	CHECK_STR(log, "");
	free(log);
	log = slurp_log();
	CHECK(strstr(log, "{\"torn\"\n") != NULL);
	free(log);
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	store = ev_store_open(&place, &usual, &last_err);
	CHECK_INT(ev_store_upkeep(store, rotate, NULL, &last_err), 0);
	ev_store_close(store);
	ev_place_clear(&place);
	check_next();
}

/* What is asked of a chain whose segments cannot be listed. */
static void
test_unlisted(void)
{
	struct ev_chain chain, start = { 0 };
	uint32_t crc;
	char byte;
	bool listed;
	size_t known = 0;

	prepare();
	start.fd = open(log_path, O_RDONLY);
	start.dir = open(scratch(""), O_RDONLY | O_DIRECTORY);
	start.log = ".events.jsonl";
	start.base = 1;
	faulty.how = FAULTY_ON;
	faulty.error = EIO;
	for (faulty.at = 0; known == 0; faulty.at++) {
		chain = start;
		faulty.count = 0;
		faulty.armed = true;
		listed = ev_chain_know(&chain) == 0;
		if (!listed) {
			CHECK_INT(ev_chain_read(&chain, &byte, 1, 0), -1);
			CHECK_INT(ev_chain_tail(&chain, 9, &crc, NULL), -1);
			CHECK_INT(ev_chain_floor(&chain, 1), 0);
			CHECK_INT(errno, EIO);
		}
		faulty.armed = false;
		known += listed;
		ev_chain_clear(&chain);
	}
	CHECK(faulty.at > 1);
	close(start.fd);
	close(start.dir);
}

/* Half of it is left, of its last line the beginning. */
static void
cut_log(void)
{
	struct stat st;

	if (stat(log_path, &st) < 0)
		return;
	CHECK(truncate(log_path, st.st_size / 2) == 0);
	put_more(".events.jsonl", "\1");
}

/* The log is cut off under who writes it. */
static void
test_cut(void)
{
	static const struct ev_store_options usual;
	bool over = false;

	faulty.how = FAULTY_FOREIGN;
	faulty.foreign = cut_log;
	for (faulty.at = 0; !over; faulty.at++) {
		prepare();
		if (disturbed(&usual, EV_HAND_ID) < 0)
			CHECK(strstr(last_err.text, ".events.jsonl'") != NULL);
		over = faulty.count <= faulty.at;
		check_next();
	}
}

/* What who rotates does, without the views. */
static void
take_name(void)
{
	char name[64];
	struct stat st;

	CHECK(stat(log_path, &st) == 0);
	snprintf(
	    name, sizeof(name), ".events.0-%lld.jsonl", (long long)st.st_size);
	CHECK(link(log_path, scratch(name)) == 0);
	scratch_put("empty", "");
	CHECK(renameat(AT_FDCWD, scratch("empty"), AT_FDCWD, log_path) == 0);
}

static pid_t holder; /* of the lock; 0: nobody */

static void
let_go(void)
{
	if (holder == 0)
		return;
	kill(holder, SIGKILL);
	CHECK(waitpid(holder, NULL, 0) == holder);
	holder = 0;
}

/* Who held the lock took the name. */
static void
take_and_end(void)
{
	take_name();
	let_go();
}

/* There is an older segment, too. */
static void
take_second(void)
{
	char name[64];
	struct stat st;

	CHECK(stat(log_path, &st) == 0);
	snprintf(name, sizeof(name), ".events.5-%lld.jsonl",
	    5 + (long long)st.st_size);
	CHECK(link(log_path, scratch(name)) == 0);
	scratch_put(".events.0-5.jsonl", "[12]\n");
	scratch_put("empty", "");
	CHECK(renameat(AT_FDCWD, scratch("empty"), AT_FDCWD, log_path) == 0);
}

/* Neither does a segment have the file. */
static void
replace(void)
{
	CHECK(unlink(log_path) == 0);
	put_more(".events.jsonl", "");
}

/* Written without the lock, while the log's name goes to another file: the
 * result. */
static int
write_taken(void (*foreign)(void))
{
	static const struct ev_store_options brief = { .deadline_ms = BRIEF };
	int r;

	start_anew();
	emit(0, "first");
	holder = hold_lock(".events/lock");
	faulty.how = FAULTY_FOREIGN;
	faulty.foreign = foreign;
	r = disturbed(&brief, EV_HAND_ID);
	let_go();
	return r;
}

/* An event that is acknowledged is in the log once. */
static void
check_once(void)
{
	char *log = slurp_log();

	CHECK_INT(count_of(log, "disturbed"), 1);
	free(log);
}

/* At every call; gives the one that writes the event. */
static size_t
test_taken(void)
{
	size_t calls = MOST, at = 0;

	for (faulty.at = 0; faulty.at < calls; faulty.at++) {
		CHECK_INT(write_taken(take_name), EV_WRITTEN);
		calls = faulty.count;
		if (strcmp(faulty.call[faulty.at].row->name, "write") == 0)
			at = faulty.at;
		check_once();
		check_next();
	}
	return at;
}

/* What followed into a segment is fetched with the lock when it can be had; a
 * log that somebody replaced is theirs. */
static void
test_others(size_t at)
{
	char *log;

	faulty.at = at;
	CHECK_INT(write_taken(take_and_end), EV_WRITTEN);
	check_once();
	check_next();
	CHECK_INT(write_taken(take_second), EV_WRITTEN);
	check_once();
	CHECK_INT(write_taken(replace), EV_WRITTEN);
	log = slurp_log();
	CHECK_STR(log, "");
	free(log);
	check_next();
}

/* Just before the event is written, and a call behind that fails. */
static void
test_not_followed(size_t at)
{
	size_t calls = MOST, failed = 0;

	faulty.error = EIO;
	faulty.at = at;
	for (faulty.then = at + 1; faulty.then < calls; faulty.then++) {
		if (write_taken(take_name) < 0) {
			failed++;
			CHECK(strchr(last_err.text, '\'') != NULL);
		} else {
			check_once();
		}
		calls = faulty.count;
		check_next();
	}
	CHECK(failed > 0);
	faulty.then = 0;
}

int
main(void)
{
	size_t at;

	scratch_begin();
	snprintf(log_path, sizeof(log_path), "%s", scratch(".events.jsonl"));
	setenv("XDG_STATE_HOME", scratch(""), 1);
	test_unread(EV_HAND_ID, false);
	test_unread(EV_HAND_ID, true);
	test_unread(EV_NEW_UUID, false); /* for which nothing is looked up */
	test_unread(EV_NEW_UUID, true);
	test_unlisted();
	test_gone();
	test_rotation();
	test_cut();
	at = test_taken();
	test_others(at);
	test_not_followed(at);
	scratch_end();
	return test_end();
}
