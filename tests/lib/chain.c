/* The segments of a log as one sequence of bytes. */
#include "store/chain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "scratch.h"
#include "store/find.h"
#include "store/guard.h"
#include "store/lines.h"
#include "store/slot.h"
#include "test.h"

static struct ev_place place;

static void
clean(void)
{
	struct ev_segment *list;
	size_t count, i;
	char *name;

	ev_segment_list(place.fd, place.log, &list, &count);
	for (i = 0; i < count; i++) {
		name = ev_segment_name(place.log, list[i].from, list[i].end);
		unlinkat(place.fd, name, 0);
		free(name);
	}
	free(list);
	unlink(scratch(".events/state"));
}

static void
test_names(void)
{
	static const char *const wrong[] = { ".events.jsonl",
		".events.0-0.jsonl", ".events.7-5.jsonl", ".events.00-5.jsonl",
		".events.0-05.jsonl", ".events.0-5", ".events.0-5.jsonl.zst",
		".events.0-5.jsonl~", ".events.-5.jsonl", ".events.0-.jsonl",
		".events.+0-5.jsonl", "events.0-5.jsonl", ".event", "",
		".events.0-5.jsonlx", ".events.5.jsonl", ".events.5x6.jsonl",
		".events.x-6.jsonl", ".events.0-99999999999999999999.jsonl" };
	static const char *const of[][2] = { { "/d.1-2/.events.0-5.jsonl",
						 "/d.1-2/.events.jsonl" },
		{ "a.b.7-9.jsonl", "a.b.jsonl" }, { "d/log.5-9", "d/log" },
		{ "d/log.9-5", "none" }, { "d/log.jsonl.5-9", "none" },
		{ "a.0-5.jsonl.zst", "none" }, { "d.0-5/log", "none" },
		{ ".jsonl", "none" }, { "", "none" } };
	uint64_t from, end;
	char *name = ev_segment_name(".events.jsonl", 0, 1234);
	size_t i;

	CHECK_STR(name, ".events.0-1234.jsonl");
	CHECK(ev_segment_parse(".events.jsonl", name, &from, &end));
	CHECK_INT(from, 0);
	CHECK_INT(end, 1234);
	CHECK(!ev_segment_parse("events.jsonl", name, &from, &end));
	free(name);
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		CHECK(
		    !ev_segment_parse(".events.jsonl", wrong[i], &from, &end));
	name = ev_segment_name("my.events.log", 5, 9);
	CHECK_STR(name, "my.events.log.5-9");
	free(name);
	name = ev_segment_name("log", 5, 9);
	CHECK_STR(name, "log.5-9");
	CHECK(ev_segment_parse("log", name, &from, &end));
	CHECK(!ev_segment_parse("log", "log.5-9.jsonl", &from, &end));
	free(name);
	for (i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		name = ev_segment_of(of[i][0]);
		CHECK_STR(name != NULL ? name : "none", of[i][1]);
		free(name);
	}
}

/* What is read at an offset, as text; "!" and errno when it is refused. */
static const char *
read_at(struct ev_chain *chain, uint64_t at, size_t n)
{
	static char text[64];
	ssize_t got = ev_chain_read(chain, text + 1, n, at);

	if (got < 0) {
		snprintf(text + 1, sizeof(text) - 1, "!%s",
		    errno == ENODATA ? "gap" : "error");
		return text + 1;
	}
	text[got + 1] = '\0';
	return text + 1;
}

static struct ev_chain
opened(int fd)
{
	struct ev_chain chain;

	CHECK(ev_chain_open(&chain, &place, fd) == 0);
	return chain;
}

static int
open_log(const char *text)
{
	int fd;

	unlink(scratch(".events.jsonl"));
	scratch_put(".events.jsonl", text);
	fd = open(scratch(".events.jsonl"), O_RDONLY);
	return fd;
}

static void
test_alone(void)
{
	int fd = open_log("abc\n");
	struct ev_chain chain = opened(fd);

	CHECK_INT(chain.base, 0);
	CHECK_INT(chain.count, 0);
	CHECK_STR(read_at(&chain, 0, 20), "abc\n");
	CHECK_STR(read_at(&chain, 4, 20), "");
	ev_chain_clear(&chain);
	close(fd);
}

static void
test_read(void)
{
	int fd = open_log("ghi\n");
	struct ev_chain chain;
	uint32_t crc;
	uint64_t from;
	char last, *name;

	/* behind its end stands what a foreign writer put there */
	scratch_put(".events.0-4.jsonl", "abc\nmore\n");
	scratch_put(".events.4-8.jsonl", "def\n");
	scratch_put(".events.4-6.jsonl", "d"); /* overlaps */
	chain = opened(fd);
	CHECK_INT(chain.base, 8);
	CHECK_INT(chain.count, 2);
	CHECK_INT(chain.gaps, 0);
	CHECK_STR(read_at(&chain, 0, 20), "abc\ndef\nghi\n");
	CHECK_STR(read_at(&chain, 2, 0), "");
	CHECK_STR(read_at(&chain, 2, 4), "c\nde");
	CHECK_STR(read_at(&chain, 6, 4), "f\ngh");
	CHECK_STR(read_at(&chain, 8, 4), "ghi\n");
	CHECK_STR(read_at(&chain, 12, 4), "");
	CHECK_STR(read_at(&chain, 90, 4), "");
	CHECK(ev_chain_tail(&chain, 10, &crc, &last) == 0);
	CHECK(crc == ev_crc32c(0, "abc\ndef\ngh", 10));
	CHECK_INT(last, 'h');
	CHECK(ev_chain_tail(&chain, 14, &crc, &last) == -1);
	name = ev_chain_name(&chain, 5, &from);
	CHECK_STR(name, ".events.4-8.jsonl");
	CHECK_INT(from, 4);
	free(name);
	CHECK_INT(ev_chain_until(&chain, 5), 8);
	CHECK(ev_chain_until(&chain, 8) == UINT64_MAX);
	CHECK(ev_chain_name(&chain, 8, &from) == NULL);
	CHECK_INT(from, 8);
	ev_chain_clear(&chain);
	/* unlisted: it is listed when bytes before the base are wanted */
	chain.fd = fd;
	chain.base = 8;
	CHECK_STR(read_at(&chain, 9, 4), "hi\n");
	CHECK(!chain.listed);
	CHECK_STR(read_at(&chain, 7, 4), "\nghi");
	CHECK(chain.listed);
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

/* A segment that became shorter since it was listed, or went. */
static void
test_shorter(void)
{
	int fd = open_log("ghi\n");
	struct ev_chain chain;

	scratch_put(".events.0-4.jsonl", "abc\n");
	chain = opened(fd);
	scratch_put(".events.0-4.jsonl", "ab");
	CHECK_STR(read_at(&chain, 0, 2), "ab");
	CHECK_STR(read_at(&chain, 2, 2), "!error");
	unlink(scratch(".events.0-4.jsonl"));
	CHECK_STR(read_at(&chain, 0, 2), "!error");
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

/* Whole lines from front to end, and ids from behind, over gaps. */
static void
check_lines(struct ev_chain *chain)
{
	const struct ev_find in = { chain, NULL, 0 };
	struct ev_buf id = EV_BUF_INIT;
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;

	ev_lines_of(&lines, chain, 0, 16);
	CHECK_INT(ev_lines_next(&lines, &line, &at), 1);
	CHECK_INT(at, 8);
	CHECK(ev_slice_is(line, "fgh"));
	CHECK_INT(ev_lines_next(&lines, &line, &at), 1);
	CHECK_INT(at, 12);
	CHECK(ev_slice_is(line, "ghi"));
	CHECK_INT(ev_lines_next(&lines, &line, &at), 0);
	ev_lines_clear(&lines);
	CHECK_INT(ev_find_last(in, 16, 1, NULL, &id), 0);
	ev_buf_clear(&id);
}

/* An id in a segment is found from behind, over what is missing. */
static void
test_back(void)
{
	const char *line = "{\"event_id\":\"e\",\"event_type\":\"x\"}\n";
	struct ev_buf id = EV_BUF_INIT;
	struct ev_chain chain;
	struct ev_find in = { &chain, NULL, 0 };
	char name[64];
	int fd = open_log("no json\n");

	snprintf(name, sizeof(name), ".events.0-%zu.jsonl", strlen(line));
	scratch_put(name, line);
	scratch_put(".events.900-902.jsonl", "a\n");
	chain = opened(fd);
	CHECK_INT(chain.base, 902);
	CHECK_INT(ev_find_last(in, 910, 1, NULL, &id), 1);
	CHECK_STR(ev_buf_str(&id), "e");
	CHECK_INT(ev_find_last(in, 910, 2, NULL, &id), 0);
	ev_buf_clear(&id);
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

static void
test_gaps(void)
{
	int fd = open_log("ghi\n");
	struct ev_chain chain;
	uint32_t crc;
	char last;

	scratch_put(".events.4-8.jsonl", "de");
	scratch_put(".events.8-12.jsonl", "fgh\n");
	/* its name says more than that of the same beginning, its file less */
	scratch_put(".events.4-999.jsonl", "de");
	scratch_put(".events.4-6.jsonl", "de");
	scratch_put(".events.4-5.jsonl", "de");
	scratch_put(".events.4-7.jsonl", "d");
	CHECK(mkdir(scratch(".events.4-900.jsonl"), 0755) == 0);
	chain = opened(fd);
	CHECK_INT(chain.gaps, 2);
	CHECK_STR(read_at(&chain, 0, 9), "!gap");
	CHECK_INT(ev_chain_gap(&chain, 0)->to, 4);
	CHECK(ev_chain_gap(&chain, 4) == NULL);
	CHECK_STR(read_at(&chain, 4, 9), "de");
	CHECK_STR(read_at(&chain, 6, 9), "!gap");
	CHECK_INT(ev_chain_gap(&chain, 7)->to, 8);
	CHECK_STR(read_at(&chain, 8, 9), "fgh\nghi\n");
	CHECK_INT(ev_chain_floor(&chain, 3), 4);
	CHECK_INT(ev_chain_floor(&chain, 6), 4);
	CHECK_INT(ev_chain_floor(&chain, 16), 8);
	CHECK(ev_chain_tail(&chain, 11, &crc, &last) == 0);
	CHECK(crc == ev_crc32c(0, "fgh", 3));
	CHECK(ev_chain_tail(&chain, 7, &crc, &last) == 0);
	CHECK(crc == ev_crc32c(0, "", 0));
	CHECK_INT(last, '\n');
	check_lines(&chain);
	/* the state knows of more than there is */
	CHECK(ev_chain_list(&chain, 20) == 0);
	CHECK_INT(chain.base, 20);
	CHECK_INT(chain.gaps, 3);
	CHECK_STR(read_at(&chain, 13, 9), "!gap");
	CHECK_STR(read_at(&chain, 20, 9), "ghi\n");
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

/* The log reads as a segment of four bytes and what is in it. */
static void
check_two(int fd)
{
	struct ev_chain chain = opened(fd);

	CHECK_INT(chain.base, 4);
	CHECK_INT(chain.count, 1);
	CHECK_STR(read_at(&chain, 0, 20), "abc\ndef\n");
	ev_chain_clear(&chain);
}

/* A reader that opened the log before it was rotated reads it as it was. */
static void
test_race(void)
{
	int fd = open_log("def\n");
	struct ev_chain chain;

	scratch_put(".events.0-4.jsonl", "abc\n");
	CHECK(
	    link(scratch(".events.jsonl"), scratch(".events.4-8.jsonl")) == 0);
	chain = opened(fd);
	CHECK_INT(chain.base, 4);
	CHECK_STR(read_at(&chain, 0, 20), "abc\ndef\n");
	ev_chain_clear(&chain);
	scratch_put(".events.8-12.jsonl", "ghi\n");
	chain = opened(fd);
	CHECK_INT(chain.base, 4);
	CHECK_STR(read_at(&chain, 0, 20), "abc\ndef\n");
	ev_chain_clear(&chain);
	/* a stray that begins where it does, and comes first, is no past */
	scratch_put(".events.4-10.jsonl", "stray\n");
	check_two(fd);
	close(fd);
	clean();
}

/* What is missing of one and all of the next are one gap. */
static void
test_wide_gap(void)
{
	int fd = open_log("ghi\n");
	struct ev_chain chain;

	scratch_put(".events.0-4.jsonl", "ab");
	scratch_put(".events.4-8.jsonl", "");
	scratch_put(".events.12-16.jsonl", "fgh\n");
	chain = opened(fd);
	CHECK_INT(chain.gaps, 1);
	CHECK_INT(ev_chain_gap(&chain, 3)->from, 2);
	CHECK_INT(ev_chain_gap(&chain, 3)->to, 12);
	CHECK_STR(read_at(&chain, 0, 9), "ab");
	CHECK_STR(read_at(&chain, 5, 9), "!gap");
	CHECK_STR(read_at(&chain, 12, 9), "fgh\nghi\n");
	CHECK_INT(ev_chain_until(&chain, 5), 8);
	CHECK_INT(ev_chain_until(&chain, 9), 10); /* of no file */
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

/* Which segment the open file is: none when there is no file. */
static void
test_own(void)
{
	int fd = open_log("def\n");
	struct ev_chain chain, none = { .fd = -1 };

	scratch_put(".events.0-4.jsonl", "abc\n");
	chain = opened(fd);
	CHECK(!ev_chain_own(&chain, &chain.old[0]));
	close(fd);
	fd = open(scratch(".events.0-4.jsonl"), O_RDONLY);
	chain.fd = fd;
	CHECK(ev_chain_own(&chain, &chain.old[0]));
	CHECK(!ev_chain_own(&none, &chain.old[0]));
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

static void
put_state(const struct ev_state *state)
{
	struct ev_state copy = *state;
	int fd =
	    open(scratch(".events/state"), O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0 && ev_slot_write(fd, &copy) == 0);
	close(fd);
}

/* A state that fits spares the listing. */
static void
test_state(void)
{
	int fd = open_log("abc\n");
	struct ev_chain chain;
	struct ev_state state;

	scratch_put(".events.0-4.jsonl", "stray");
	ev_state_new(&state);
	state.m = 4;
	state.mc = ev_crc32c(0, "abc\n", 4);
	put_state(&state);
	chain = opened(fd);
	CHECK(!chain.listed);
	CHECK_INT(chain.base, 0);
	ev_chain_clear(&chain);

	state.rotating = true;
	put_state(&state);
	chain = opened(fd);
	CHECK_INT(chain.base, 4);
	ev_chain_clear(&chain);

	state.rotating = false;
	state.mc++;
	put_state(&state);
	chain = opened(fd);
	CHECK_INT(chain.base, 4);
	ev_chain_clear(&chain);

	state.base = 9;
	put_state(&state);
	chain = opened(fd);
	CHECK_INT(chain.base, 9);
	CHECK_INT(chain.gaps, 1);
	ev_chain_clear(&chain);

	/* where it fits, what stands behind it is nothing */
	scratch_put(".events.0-9.jsonl", "12345678\n");
	scratch_put(".events.9-12.jsonl", "x\n");
	scratch_put(".events.20-30.jsonl", "x\n");
	state.m = 11;
	state.mc = ev_crc32c(0, "12345678\nab", 11);
	put_state(&state);
	chain = opened(fd);
	CHECK_INT(chain.base, 9);
	CHECK_INT(chain.count, 1);
	CHECK_INT(chain.gaps, 0);
	CHECK_INT(ev_chain_floor(&chain, 11), 0);
	CHECK_STR(read_at(&chain, 6, 9), "78\nabc\n");
	ev_chain_clear(&chain);
	close(fd);
	clean();
}

/* The state knows where the file begins, and its file is a segment by now. */
static void
test_state_of_segment(void)
{
	int fd = open_log("def\n");
	struct ev_state state;

	scratch_put(".events.0-4.jsonl", "abc\n");
	CHECK(
	    link(scratch(".events.jsonl"), scratch(".events.4-8.jsonl")) == 0);
	scratch_put(".events.8-12.jsonl", "ghi\n");
	ev_state_new(&state);
	state.m = 8;
	state.mc = ev_crc32c(0, "abc\ndef\n", 8);
	state.base = 4;
	put_state(&state);
	check_two(fd);
	close(fd);
	clean();
}

int
main(void)
{
	scratch_begin();
	ev_place_set(
	    &place, strdup(scratch("")), ".events.jsonl", strdup("log"));
	mkdir(scratch(".events"), 0700);
	place.fd = ev_guard_dir(place.dir, NULL);
	test_names();
	test_alone();
	test_read();
	test_gaps();
	test_shorter();
	test_back();
	test_race();
	test_wide_gap();
	test_own();
	test_state();
	test_state_of_segment();
	ev_place_clear(&place);
	scratch_end();
	return test_end();
}
