/* What a redaction leaves that was killed, or what somebody else wrote who
 * wants it to look so: only lines that are to go are written over. */
#include "faulty.h"

#include "base/hash.h"
#include "upkeep.h"

static const char *priv = ".events";

static char *
inside(const char *name)
{
	static char path[100];

	snprintf(path, sizeof(path), "%s/%s", priv, name);
	return path;
}

static void
redacting(struct ev_state *state)
{
	state->redact = state->stale = true;
}

/* Leaves the text, with its end. */
static void
put_text(const char *text)
{
	struct ev_buf all = EV_BUF_INIT;
	int fd = open(scratch(inside("state")), O_RDWR);
	struct ev_state state;

	ev_buf_adds(&all, text);
	ev_buf_addf(&all, "end %08x\n", ev_crc32c(0, all.p, all.n));
	scratch_put(inside("redact"), ev_buf_str(&all));
	ev_buf_clear(&all);
	CHECK_INT(ev_slot_read(fd, &state), 1);
	redacting(&state);
	CHECK_INT(ev_slot_write(fd, &state), 0);
	close(fd);
}

static void
put_line(const char *name, size_t at, uint32_t crc, const char *line)
{
	char text[300];

	snprintf(text, sizeof(text), "%zu %08x %s\n%s\n", at, crc, name, line);
	put_text(text);
}

static void
check_file(const char *name, const char *is)
{
	char *text = slurp(name);

	CHECK_STR(text, is);
	free(text);
}

/* Only the store's own files are written over by what a store says. */
static void
test_theirs(void)
{
	static const char *const names[] = { "theirs", "./theirs", "sub/theirs",
		".events/../theirs", ".events/sub/theirs",
		".events.jsonl/theirs", "feed.jsonl", "" };
	static const char *const files[] = { "theirs", "sub/theirs",
		"feed.jsonl", ".events/sub/theirs" };
	size_t i, file;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		start_anew();
		emit(0, "x");
		mkdir(scratch("sub"), 0755);
		mkdir(scratch(".events/sub"), 0755);
		for (file = 0; file < 4; file++)
			scratch_put(files[file], "first\nsecond\n");
		put_line(names[i], 6, 0, "SECOND");
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(
		    strstr(said, "which is none of the store's files") != NULL);
		for (file = 0; file < 4; file++)
			check_file(files[file], "first\nsecond\n");
	}
}

/* In the open layout feeds stand beside the log. */
static void
test_open(void)
{
	static const char *const names[] = { "feed.7.jsonl", "feed./theirs",
		"feedback" };
	size_t i;

	priv = "events";
	for (i = 0; i < 3; i++) {
		start_anew();
		mkdir(scratch("events"), 0755);
		put_more("events.jsonl", "");
		emit(0, "x");
		mkdir(scratch("feed."), 0755);
		scratch_put(names[i], "first\nsecond\n");
		put_line(names[i], 6, 0, "SECOND");
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		check_file(
		    names[i], i == 0 ? "first\nSECOND\n" : "first\nsecond\n");
	}
	priv = ".events";
}

/* What was begun is ended: in the log, a segment of it, the private
 * directory. */
static void
test_ends(void)
{
	static const char *const names[] = { ".events.jsonl",
		".events/lost.jsonl", ".events/gone.jsonl" };
	char name[64], *text;
	size_t i;

	for (i = 0; i < 4; i++) {
		start_anew();
		put_more(".events.jsonl", "[1]\n[222222]\n");
		emit(0, "x");
		scratch_put(".events/lost.jsonl", "[1]\n[222222]\n");
		text = slurp(".events.jsonl");
		snprintf(
		    name, sizeof(name), ".events.0-%zu.jsonl", strlen(text));
		free(text);
		if (i == 3) {
			rotate_log();
			CHECK(there(name));
		} else {
			strcpy(name, names[i]);
		}
		put_line(name, 4, ev_crc32c(0, "[1]\n", 4), "[\"gone\"]");
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(!there(".events/redact"));
		text = slurp(name);
		CHECK(i == 2 || strncmp(text, "[1]\n[\"gone\"]\n", 13) == 0);
		free(text);
		CHECK(views_hold());
	}
}

/* Where another line stands by now, nothing is written. */
static void
test_moved(void)
{
	static const struct {
		const char *text;
		size_t at;
		uint32_t crc;
		const char *line;
		bool written;
	} rows[] = {
		{ "a\nbcd\ne\n", 2, 0, "BCD", true },
		{ "a\nbcd", 2, 0, "BCD", true },
		{ "a\nbcd\n", 2, 7, "BCD", false },
		{ "a\nbcd\n", 2, 0, "BC", false },
		{ "a\nbcd\n", 2, 0, "BCDE", false },
		{ "a\nbcd\ne\n", 0, 0, "ABCDE", false },
		{ "a\nbcd\n", 5, 0, "BCD", false },
		{ "a\nbcd\n", 600, 0, "BCD", false },
	};
	size_t i;
	char *text;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start_anew();
		emit(0, "x");
		scratch_put(".events/some.bad", rows[i].text);
		put_line(
		    ".events/some.bad", rows[i].at, rows[i].crc, rows[i].line);
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(!there(".events/redact"));
		text = slurp(".events/some.bad");
		CHECK_INT(strcmp(text, rows[i].text) != 0, rows[i].written);
		CHECK_INT(strlen(text), strlen(rows[i].text));
		free(text);
		CHECK(views_hold());
	}
}

/* A text that no redaction writes is told; one that was never finished, by who
 * was killed, is nothing. */
static void
test_damaged(void)
{
	static const char *const texts[] = { "x\ny\n", "12 -g\nx\n",
		"12 00000000 .events.jsonl\n", "-\n\n" };
	static const char *const unfinished[] = { "", "0 00000000 .even",
		"0 00000000 .events.jsonl\nx\nend 00000000\n" };
	char *text;
	size_t i;

	for (i = 0; i < 4; i++) {
		start_anew();
		emit(0, "x");
		put_text(texts[i]);
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(strstr(said, "'redact' is damaged") != NULL);
	}
	for (i = 0; i < 3; i++) {
		start_anew();
		emit(0, "x");
		put_text("");
		scratch_put(".events/redact", unfinished[i]);
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(!there(".events/redact"));
		CHECK(views_hold());
	}
	/* nor is a file that is none followed */
	start_anew();
	emit(0, "x");
	put_text("");
	unlink(scratch(".events/redact"));
	CHECK(symlink("../theirs", scratch(".events/redact")) == 0);
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK(strstr(said, "symbolic link, refused") != NULL);
	text = slurp(".events.jsonl");
	CHECK_INT(count_of(text, "}}\n"), 2);
	free(text);
}

/* Each call fails once while it is ended: the next writer ends it. */
static void
test_faults(void)
{
	size_t at, calls = 1;
	char *text;
	int r;

	for (at = 0; at < calls; at++) {
		start_anew();
		put_more(".events.jsonl", "[1]\n[222222]\n");
		emit(0, "x");
		put_line(".events.jsonl", 4, 0, "[\"gone\"]");
		faulty.how = FAULTY_ONCE;
		faulty.error = EIO;
		faulty.at = at;
		faulty.count = 0;
		faulty.armed = true;
		r = emit(0, "y");
		faulty.armed = false;
		calls = calls > faulty.count ? calls : faulty.count;
		if (at == 0)
			calls = 100;
		CHECK(r == EV_WRITTEN ||
		    strstr(last_err.text, strerror(EIO)) != NULL);
		CHECK_INT(emit(0, "next"), EV_WRITTEN);
		CHECK(!there(".events/redact"));
		text = slurp(".events.jsonl");
		CHECK(strncmp(text, "[1]\n[\"gone\"]\n", 13) == 0);
		free(text);
		CHECK(views_hold());
	}
}

static void
cut_bad(void)
{
	CHECK(truncate(scratch(".events/some.bad"), 3) == 0);
}

/* A file that is cut off meanwhile gets nothing. */
static void
test_cut(void)
{
	size_t at, calls = 1;
	char *text;

	for (at = 0; at < calls; at++) {
		start_anew();
		emit(0, "x");
		scratch_put(".events/some.bad", "a\nbcd\n");
		put_line(".events/some.bad", 2, 0, "BCD");
		faulty.how = FAULTY_FOREIGN;
		faulty.foreign = cut_bad;
		faulty.at = at;
		faulty.count = 0;
		faulty.armed = true;
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		faulty.armed = false;
		faulty.foreign = NULL;
		calls = faulty.count;
		text = slurp(".events/some.bad");
		/* or has just got it */
		CHECK(strcmp(text, "a\nb") == 0 ||
		    strncmp(text, "a\nBCD", strlen(text)) == 0);
		free(text);
		CHECK(views_hold());
	}
}

/* A name that the text could not have, and lines that follow on each other or
 * do not. */
static void
test_written(void)
{
	char *log, *end;
	int i;

	setenv("EV_NOW", "2026-01-11T10:00:00Z", 1);
	start_anew();
	plain();
	log = slurp(".events.jsonl");
	end = strstr(strstr(log, SECRET), "\n") + 1;
	*end = '\0';
	scratch_put(".events/lost.jsonl", strstr(log, "{\"event_id\":\"d1\""));
	put_more(".events/lost.jsonl", strstr(log, "{\"event_id\":\"d1\""));
	for (i = 0; i < 20; i++)
		put_more(".events/lost.jsonl", "[\"between\"]\n");
	put_more(".events/lost.jsonl", strstr(log, "{\"event_id\":\"d1\""));
	scratch_put(".events/a\nb.jsonl", strstr(log, "{\"event_id\":\"d1\""));
	free(log);
	CHECK_INT(run(redact), -1);
	CHECK(strstr(last_err.text, "has a newline in its name") != NULL);
	CHECK(unlink(scratch(".events/a\nb.jsonl")) == 0);
	CHECK_INT(run(redact), 0);
	log = slurp(".events/lost.jsonl");
	CHECK(strstr(log, SECRET) == NULL);
	CHECK_INT(count_of(log, "\"redacted\":"), 3);
	free(log);
	CHECK(views_hold());
	unsetenv("EV_NOW");
}

int
main(void)
{
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	test_theirs();
	test_open();
	test_ends();
	test_moved();
	test_damaged();
	test_faults();
	test_cut();
	test_written();
	ev_findings_clear(&found);
	scratch_end();
	return test_end();
}
