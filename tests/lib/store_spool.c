/* Events that wait in the spool: what is odd there, too much, or taken away. */
#include "faulty.h"

#include "store/drain.h"
#include "store/spool.h"
#include "storing.h"

#define NAME "0123456789abcdef-000000000000000"
#define MUCH 700000 /* bytes of an event: two are more than a round */

static struct ev_place place = EV_PLACE_INIT;
static char dir[400]; /* of the spool */

/* A store with one event and an empty spool. */
static void
begin(void)
{
	struct ev_entry e = entry(EV_HAND_ID, "first", 0, "x");
	struct ev_buf path = EV_BUF_INIT;
	char name[EV_SPOOL_NAME];

	start_anew();
	ev_place_clear(&place);
	emit(0, "x");
	CHECK_INT(ev_place_find(&place, scratch(""), true, &last_err), 0);
	CHECK_INT(ev_spool_put(&place, &e, 1, name, &last_err), 0);
	close(ev_spool_open(&place, &path, &last_err));
	snprintf(dir, sizeof(dir), "%s", ev_buf_str(&path));
	CHECK_INT(ev_spool_remove(&place, name), 0);
	ev_buf_clear(&path);
	entry_clear(&e);
}

/* n events more for the spool, in a file of their own. */
static int
put(size_t n, int first, size_t size)
{
	struct ev_entry *e = calloc(n, sizeof(*e));
	char name[EV_SPOOL_NAME], (*id)[16] = calloc(n, sizeof(*id));
	char *data = malloc(size + 1);
	size_t i;
	int r;

	memset(data, 'd', size);
	data[size] = '\0';
	for (i = 0; i < n; i++) {
		snprintf(id[i], sizeof(*id), "s%d", first + (int)i);
		e[i] = entry(EV_LINE_ID, id[i], 0, data);
	}
	last_err.text[0] = '\0';
	r = ev_spool_put(&place, e, n, name, &last_err);
	for (i = 0; i < n; i++)
		entry_clear(&e[i]);
	free(data);
	free(id);
	free(e);
	return r;
}

/* How often an id is in the log. */
static size_t
stands(int number)
{
	char head[40], *log = slurp_log();
	size_t n;

	snprintf(head, sizeof(head), "{\"event_id\":\"s%d\",", number);
	n = count_of(log, head);
	free(log);
	return n;
}

/* Many events, then large ones: all of them, each once, in several rounds. */
static void
test_rounds(void)
{
	static const struct ev_store_options usual = { .deadline_ms = 60000 };
	struct ev_entry e = entry(EV_NEW_UUID, NULL, 0, "x");
	char *log;
	int i;

	begin();
	for (i = 0; i < 3; i++)
		CHECK_INT(put(2000, 100 + 2000 * i, 1), 0);
	for (i = 0; i < 3; i++)
		CHECK_INT(put(1, i, MUCH), 0);
	CHECK_INT(write_with(&usual, &e, 1), 0);
	entry_clear(&e);
	CHECK(strstr(said, "6003 events of the spool '") != NULL);
	CHECK(strstr(said, "wait on") == NULL);
	log = slurp_log();
	CHECK_INT(count_of(log, "\n"), 6005);
	free(log);
	CHECK_INT(stands(2), 1);
	CHECK_INT(stands(100), 1);
	CHECK_INT(stands(6099), 1);
	CHECK_INT(access(dir, F_OK), -1);
	CHECK(views_hold());
}

static void
hours_pass(void)
{
	faulty.late += 7200;
}

/* Time is up behind the first round: the rest waits for the next writer. */
static void
test_time_up(void)
{
	static const struct ev_store_options usual = { .deadline_ms = 60000 };
	struct ev_entry e;
	int i;

	faulty.how = FAULTY_FOREIGN;
	faulty.foreign = hours_pass;
	said[0] = '\0';
	for (faulty.at = 0;
	     strstr(said, "others wait on") == NULL && faulty.at < 60;
	     faulty.at++) {
		begin();
		for (i = 0; i < 4; i++)
			CHECK_INT(put(1, i, MUCH), 0);
		e = entry(EV_NEW_UUID, NULL, 0, "x");
		faulty.late = 0;
		faulty.count = 0;
		faulty.armed = true;
		CHECK_INT(write_with(&usual, &e, 1), 0);
		faulty.armed = false;
		entry_clear(&e);
	}
	faulty.foreign = NULL;
	faulty.late = 0;
	CHECK_INT(stands(1), 1);
	CHECK_INT(stands(3), 0);
	CHECK(strstr(said, "2 events of the spool '") != NULL);
	CHECK(strstr(said, "written; others wait on\n") != NULL);
	e = entry(EV_NEW_UUID, NULL, 0, "y");
	CHECK_INT(write_with(&usual, &e, 1), 0);
	entry_clear(&e);
	CHECK_INT(stands(0), 1);
	CHECK_INT(stands(3), 1);
	CHECK(views_hold());
}

/* What the spooler did not make is set aside, and what is good is not held up
 * by it. */
static void
test_strange(void)
{
	char path[500], *log;
	int kind, fd, others = geteuid() == 0 ? 1 : 0;
	size_t lines = 3;

	for (kind = 0; kind < 4 + others; kind++) {
		begin();
		CHECK_INT(put(1, 1, 1), 0);
		snprintf(path, sizeof(path), "%s/" NAME "%d", dir, kind);
		fd = open(path, O_WRONLY | O_CREAT, 0600);
		if (kind == 0)
			CHECK(ftruncate(fd, EV_SPOOL_BYTES + 1) == 0);
		else if (kind == 4)
			CHECK(fchown(fd, 1, (gid_t)-1) == 0);
		else
			unlink(path);
		close(fd);
		if (kind == 1)
			CHECK(mkfifo(path, 0600) == 0);
		else if (kind == 2)
			CHECK(mkdir(path, 0700) == 0);
		else if (kind == 3)
			CHECK(symlink(scratch(".events.jsonl"), path) == 0);
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK(strstr(said,
			  ".bad' cannot be written to the log, it "
			  "stays there: it is not a file of this "
			  "user") != NULL);
		log = slurp_log();
		CHECK_INT(count_of(log, "\n"), lines);
		free(log);
		CHECK_INT(stands(1), 1);
		CHECK_INT(access(path, F_OK), -1);
		CHECK(views_hold());
	}
}

static void
test_names(void)
{
	CHECK(ev_spool_named(NAME "f"));
	CHECK(!ev_spool_named(NAME "g"));
	CHECK(!ev_spool_named(NAME));
	CHECK(!ev_spool_named(NAME "0.tmp"));
	CHECK(!ev_spool_named("0123456789abcde-00123456789abcdef"));
}

/* Nobody knows where the spool is. */
static void
test_no_home(void)
{
	static const char *const homes[] = { NULL, "", "relative" };
	size_t i;

	begin();
	for (i = 0; i < 3; i++) {
		setenv("XDG_STATE_HOME", "relative", i % 2);
		if (i == 0)
			unsetenv("XDG_STATE_HOME");
		if (homes[i] == NULL)
			unsetenv("HOME");
		else
			setenv("HOME", homes[i], 1);
		CHECK_INT(put(1, 1, 1), -1);
		CHECK_STR(last_err.text, "no spool: HOME is not set");
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
	}
	unsetenv("XDG_STATE_HOME");
	setenv("HOME", scratch(""), 1);
	CHECK_INT(put(1, 1, 1), 0);
	CHECK(there(".local/state/ev/spool"));
	setenv("XDG_STATE_HOME", scratch(""), 1);
}

/* A directory that others could write into is neither read nor written. */
static void
test_not_ours(void)
{
	int i;

	for (i = 0; i < (geteuid() == 0 ? 2 : 1); i++) {
		begin();
		CHECK_INT(put(1, 1, 1), 0);
		if (i == 0)
			CHECK(chmod(scratch("ev/spool"), 0770) == 0);
		else
			CHECK(chown(scratch("ev/spool"), 1, (gid_t)-1) == 0);
		CHECK_INT(put(1, 2, 1), -1);
		CHECK(strstr(last_err.text,
			  "' is not this user's alone, refused") != NULL);
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK_INT(stands(1), 0);
	}
}

/* It takes so many files, and so many bytes. */
static void
test_full(void)
{
	char path[500];
	int i, fd;

	begin();
	CHECK_INT(put(1, 1, 1), 0);
	snprintf(path, sizeof(path), "%s/large", dir);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	CHECK(ftruncate(fd, EV_SPOOL_BYTES) == 0);
	close(fd);
	CHECK_INT(put(1, 2, 1), -1);
	CHECK(strstr(last_err.text, "' is full") != NULL);
	unlink(path);
	for (i = 0; i < EV_SPOOL_FILES; i++) {
		snprintf(path, sizeof(path), "%s/%d", dir, i);
		close(open(path, O_WRONLY | O_CREAT, 0600));
	}
	CHECK_INT(put(1, 2, 1), -1);
	CHECK(strstr(last_err.text, "' is full") != NULL);
	CHECK_INT(emit(0, "y"), EV_WRITTEN);
	CHECK_INT(stands(1), 1);
}

static void
take_away(void)
{
	rmdir(dir);
}

/* Who takes the last file out removes the directory while another puts one in:
 * that one makes it again, some times. */
static void
test_taken_away(void)
{
	size_t at = 0, calls = 1;

	for (; at < calls; at++) {
		begin();
		faulty.how = FAULTY_FOREIGN;
		faulty.foreign = take_away;
		faulty.at = at;
		faulty.count = 0;
		faulty.armed = true;
		CHECK_INT(put(1, 1, 1), 0);
		faulty.armed = false;
		calls = faulty.count;
		CHECK_INT(emit(0, "y"), EV_WRITTEN);
		CHECK_INT(stands(1), 1);
	}
	begin();
	faulty.how = FAULTY_SPOIL;
	faulty.at = 0;
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(put(1, 1, 1), -1);
	faulty.armed = false;
	faulty.foreign = NULL;
	CHECK(strstr(last_err.text, dir) != NULL);
	CHECK(strstr(last_err.text, strerror(ENOENT)) != NULL);
}

int
main(void)
{
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	test_rounds();
	test_time_up();
	test_strange();
	test_names();
	test_no_home();
	test_not_ours();
	test_full();
	test_taken_away();
	ev_place_clear(&place);
	scratch_end();
	return test_end();
}
