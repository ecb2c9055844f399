/* A batch of lines that is disturbed while it is appended. */
#include "faulty.h"

#include "store/append.h"
#include "store/extend.h"
#include "storing.h"

#define LINES 3
#define HALF 40 /* bytes of a batch of about 90 */

/* The calls of an append whose write is cut in two. */
enum { WRITE, SEEK, WRITE_2, SEEK_2, READ };

static struct ev_place place = EV_PLACE_INIT;
static struct ev_dir dir;
static struct ev_log ev_log = EV_LOG_INIT;
static struct ev_put put[LINES];
static struct ev_batch batch = { .put = put, .count = LINES };
static const char log_name[] = ".events.jsonl";

/* Another log of one line, and the lines that are to follow it. */
static void
prepare(void)
{
	size_t i, from;

	scratch_put(log_name, "{\"first\":1}\n");
	CHECK_INT(ev_log_open(&ev_log, &dir, true, NULL, &last_err), 1);
	ev_buf_reset(&batch.bytes);
	ev_buf_addc(&batch.bytes, '\n');
	for (i = 0; i < LINES; i++) {
		from = batch.bytes.n;
		ev_buf_addf(
		    &batch.bytes, "{\"line\":%zu,\"of\":\"a batch\"}\n", i);
		put[i] = (struct ev_put){ from, batch.bytes.n - from, 0, 7 };
	}
	memset(faulty.call, 0, sizeof(faulty.call));
	faulty.at = faulty.then = 0;
	faulty.most = HALF;
	faulty.foreign = NULL;
	last_err.text[0] = '\0';
}

static int
append(enum faulty_how how, int error, bool space)
{
	int r;

	faulty.count = faulty.interrupts = 0;
	faulty.how = how;
	faulty.error = error;
	faulty.armed = true;
	r = ev_append(&ev_log, &dir, &batch, false, space, &last_err);
	faulty.armed = false;
	return r;
}

/* Each line stands where it is said to be, and is whole. */
static void
check_places(void)
{
	char *log = slurp(log_name), line[64];
	size_t i, n = strlen(log);

	for (i = 0; i < LINES; i++) {
		snprintf(line, sizeof(line),
		    "{\"line\":%zu,\"of\":\"a batch\"}\n", i);
		CHECK(put[i].at > 0 && put[i].at + strlen(line) <= n);
		if (put[i].at + strlen(line) > n)
			continue;
		CHECK(memcmp(log + put[i].at, line, strlen(line)) == 0);
		CHECK(log[put[i].at - 1] == '\n');
	}
	CHECK(ev_log.size <= n);
	free(log);
}

static void
test_whole(void)
{
	prepare();
	CHECK_INT(append(FAULTY_COUNT, 0, false), 0);
	CHECK(batch.whole);
	CHECK_INT(put[0].at, strlen("{\"first\":1}\n"));
	check_places();
	prepare();
	CHECK_INT(append(FAULTY_SHORT, 0, false), 0);
	CHECK_STR(faulty.call[WRITE].row->name, "write");
	CHECK_STR(faulty.call[WRITE_2].row->name, "write");
	CHECK_STR(faulty.call[READ].row->name, "pread");
	CHECK(batch.whole);
	check_places();
}

/* Another writer comes first: behind its line ours stand as they are, behind
 * half a line they are written again. */
static void
test_foreign(void)
{
	prepare();
	faulty.file = scratch(log_name);
	faulty.text = "{\"foreign\":1}\n";
	CHECK_INT(append(FAULTY_FOREIGN, 0, false), 0);
	CHECK(batch.whole);
	CHECK_INT(faulty.count, SEEK + 2); /* and one byte is looked at */
	check_places();
	prepare();
	faulty.text = "half";
	CHECK_INT(append(FAULTY_FOREIGN, 0, false), 0);
	CHECK(!batch.whole);
	check_places();
	/* before every write: the second begins a line by itself */
	prepare();
	faulty.text = "half";
	CHECK_INT(append(FAULTY_SPOIL, 0, false), 0);
	check_places();
}

static void
cut_log(void)
{
	CHECK(truncate(scratch(log_name), 5) == 0);
}

/* Somebody shortens the log while we write: what is gone is written again. */
static void
test_cut(void)
{
	prepare();
	faulty.foreign = cut_log;
	CHECK_INT(append(FAULTY_SPLIT, 0, false), 0);
	CHECK(!batch.whole);
	check_places();
}

static void
overwrite_log(void)
{
	int fd = open(scratch(log_name), O_WRONLY);

	CHECK(pwrite(fd, "XXXX", 4, 30) == 4);
	close(fd);
}

static void
test_overwritten(void)
{
	prepare();
	faulty.foreign = overwrite_log;
	CHECK_INT(append(FAULTY_SPLIT, 0, false), 0);
	CHECK(!batch.whole);
	check_places();
}

/* What cannot be read back is not acknowledged. */
static void
test_unread(void)
{
	prepare();
	faulty.then = READ;
	CHECK_INT(append(FAULTY_SHORT, EIO, false), -1);
	CHECK(strstr(last_err.text, "cannot read '") != NULL);
	CHECK(strstr(last_err.text, strerror(EIO)) != NULL);
	/* split by another, whose run is looked at first */
	prepare();
	faulty.text = "half";
	faulty.file = scratch(log_name);
	faulty.then = READ;
	CHECK_INT(append(FAULTY_SPLIT, EIO, false), -1);
	CHECK(strstr(last_err.text, strerror(EIO)) != NULL);
}

/* No byte written is no success. */
static void
test_nothing(void)
{
	prepare();
	faulty.most = 0;
	CHECK_INT(append(FAULTY_SHORT, 0, false), -1);
	CHECK(strstr(last_err.text, strerror(EIO)) != NULL);
}

/* A file system that sets no blocks aside is no reason to stop, one without
 * room is. */
static void
test_space(void)
{
	static const int full[] = { ENOSPC, EDQUOT };
	size_t i;

	for (i = 0; i < 2; i++) {
		prepare();
		CHECK_INT(append(FAULTY_ONCE, full[i], true), -1);
		CHECK_INT(faulty.count, 1);
		CHECK_INT(put[0].at, EV_NOWHERE);
	}
	prepare();
	CHECK_INT(append(FAULTY_ONCE, EIO, true), 0);
	CHECK_STR(faulty.call[0].row->name, "fallocate");
	check_places();
}

/* A view that is to get more than its log has. */
static void
test_extend(void)
{
	struct ev_due due = { NULL, 100, -1, 0, NULL };
	int view;

	scratch_put("log", "{\"a\":1}\n");
	scratch_put("view", "{\"a\"");
	due.fd = open(scratch("log"), O_RDONLY);
	view = open(scratch("view"), O_RDWR | O_APPEND);
	errno = 0;
	CHECK_INT(ev_extend(view, 0, 4, &due), -1);
	CHECK_INT(errno, EIO);
	due.n = 8;
	CHECK_INT(ev_extend(view, 0, 4, &due), 1);
	close(view);
	close(due.fd);
}

int
main(void)
{
	scratch_begin();
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_dir_open(&dir, &place, &last_err), 0);
	test_whole();
	test_foreign();
	test_cut();
	test_overwritten();
	test_unread();
	test_nothing();
	test_space();
	test_extend();
	ev_log_close(&ev_log);
	ev_dir_close(&dir);
	ev_place_clear(&place);
	ev_buf_clear(&batch.bytes);
	scratch_end();
	return test_end();
}
