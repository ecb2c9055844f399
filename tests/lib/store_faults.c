/*
 * Each system call of a write fails, once, from there on, or is cut short
 * (7-trust, C2, here inside the library, at every point): what is acknowledged
 * stands in the log once, what failed says why, and whoever comes next finds
 * everything in order.
 */
#include "faulty.h"

#include "../fault/tree.h"
#include "scenes.h"

#define SHORT 61 /* bytes of every read and write */

static struct tree stage = TREE_INIT;
static char *old_log;
static size_t points;

/* Writes what a scene casts; faults: armed while it does. */
static int
attempt(const struct scene *scene, struct ev_entry *e, size_t *n, bool faults)
{
	bool held = scene->held && faults;
	int fd = held ? open(scratch(".events/lock"), O_RDWR) : -1, r;

	if (held)
		CHECK(flock(fd, LOCK_EX) == 0);
	*n = scene->cast(e);
	faulty.armed = faults;
	faulty.count = faulty.interrupts = 0;
	r = write_with(&scene->options, e, *n);
	faulty.armed = false;
	if (held)
		close(fd);
	return r;
}

static void
clear(struct ev_entry *e, size_t n)
{
	while (n > 0)
		entry_clear(&e[--n]);
}

/* How often an entry's line is to stand in the log, and how often it does. */
static bool
stands(const char *log, struct ev_entry *e, size_t n, size_t i)
{
	struct ev_buf whole = EV_BUF_INIT;
	size_t want = 0, got;

	while (n > 0)
		want += ev_slice_eq(
		    ev_buf_slice(&e[--n].line), ev_buf_slice(&e[i].line));
	ev_buf_addc(&whole, '\n');
	ev_buf_addslice(&whole, ev_buf_slice(&e[i].line));
	ev_buf_addc(&whole, '\n');
	got = count_of(log, ev_buf_str(&whole) + 1);
	/* none of them behind a torn line */
	got = got == want &&
	    (strncmp(log, whole.p + 1, whole.n - 1) == 0 ||
		strstr(log, whole.p) != NULL);
	ev_buf_clear(&whole);
	return got;
}

/* What failed says of what, and why. */
static bool
says_why(void)
{
	return strstr(last_err.text, strerror(faulty.error)) != NULL &&
	    strchr(last_err.text, '\'') != NULL;
}

static const char *
check_log(const struct scene *scene, struct ev_entry *e, size_t n, int r)
{
	char *log = slurp(".events.jsonl");
	const char *wrong = NULL;
	size_t i;

	if (strncmp(log, old_log, strlen(old_log)) != 0)
		wrong = "the log changed";
	for (i = 0; wrong == NULL && r == 0 && i < n; i++)
		if (!stands(log, e, n, i))
			wrong = "acknowledged and not there once";
	if (wrong == NULL && r < 0 && faulty.how >= FAULTY_SHORT)
		wrong = "short is no failure";
	if (wrong == NULL && r < 0 && !says_why())
		wrong = "does not say why";
	if (wrong == NULL && r == 0 && !scene->held && said[0] == '\0' &&
	    !views_hold())
		wrong = "the views are behind, and nothing says so";
	free(log);
	return wrong;
}

/* Whoever comes next brings everything in order. */
static const char *
check_next(const struct scene *scene, bool anew)
{
	struct ev_entry e[MOST];
	const char *wrong = NULL;
	char *log;
	size_t n, i;

	if (anew) {
		if (emit(1, "next") != EV_WRITTEN)
			return "the next one fails";
	} else {
		if (attempt(scene, e, &n, false) < 0)
			wrong = "the retry fails";
		log = slurp(".events.jsonl");
		for (i = 0; wrong == NULL && i < n; i++)
			if (!stands(log, e, n, i))
				wrong = "after the retry not there once";
		free(log);
		clear(e, n);
	}
	if (wrong == NULL && scene->prepare == spooled) {
		log = slurp(".events.jsonl");
		if (count_of(log, "\"d\":\"spooled\"") != 2)
			wrong = "what was spooled is not there once";
		free(log);
	}
	if (wrong == NULL && !views_hold())
		wrong = "the views do not hold";
	return wrong;
}

static void
try_point(const struct scene *scene)
{
	bool anew = scene->cast == made;
	struct ev_entry e[MOST];
	const char *wrong;
	struct ev_err why;
	size_t n;
	int r;

	tree_put(&stage, scratch_dir);
	r = attempt(scene, e, &n, true);
	wrong = check_log(scene, e, n, r);
	why = last_err;
	clear(e, n);
	if (wrong == NULL)
		wrong = check_next(scene, anew);
	points++;
	test_checks++;
	if (wrong == NULL)
		return;
	test_failed++;
	printf("%s: call %zu (%s), how %d, %s, %zu bytes: %s: %s\n",
	    scene->name, faulty.at,
	    faulty.at < faulty.count ? faulty.call[faulty.at].row->name : "?",
	    faulty.how, strerror(faulty.error), faulty.most, wrong, why.text);
}

/* A call with each of its errors, alone and as the first of many. */
static void
try_errors(const struct scene *scene, const struct calls_row *row)
{
	int i;

	for (i = 0; i < CALLS_ERRORS; i++) {
		if ((row->errors & 1u << i) == 0)
			continue;
		faulty.error = calls_errors[i].number;
		faulty.how = FAULTY_ONCE;
		try_point(scene);
		faulty.how = FAULTY_ON;
		try_point(scene);
	}
}

static void
try_scene(const struct scene *scene)
{
	static struct faulty_call call[FAULTY_CALLS];
	struct ev_entry e[MOST];
	size_t calls, n;

	start_anew();
	scene->prepare();
	old_log = slurp(".events.jsonl");
	tree_load(&stage, scratch_dir);
	faulty.how = FAULTY_COUNT;
	CHECK_INT(attempt(scene, e, &n, true), 0);
	clear(e, n);
	calls = faulty.count;
	CHECK(calls > 20);
	memcpy(call, faulty.call, sizeof(call));
	for (faulty.at = 0; faulty.at < calls; faulty.at++) {
		faulty.most = 0;
		try_errors(scene, call[faulty.at].row);
		if (call[faulty.at].size < 2)
			continue;
		faulty.how = FAULTY_SHORT;
		faulty.most = call[faulty.at].size / 2;
		try_point(scene);
	}
	faulty.at = 0;
	faulty.how = FAULTY_SHORTEN;
	faulty.most = SHORT;
	try_point(scene);
	free(old_log);
}

int
main(int argc, char **argv)
{
	size_t i;

	if (access("/dev/shm", W_OK | X_OK) == 0)
		strcpy(scratch_dir, "/dev/shm/ev-test.XXXXXX");
	scratch_begin();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	setenv("EV_NOW", "2026-01-07T10:00:00Z", 1);
	for (i = 0; i < SCENES; i++)
		if (argc < 2 || strcmp(argv[1], scenes[i].name) == 0)
			try_scene(&scenes[i]);
	tree_clear(&stage);
	scratch_end();
	printf("%zu points\n", points);
	return test_end();
}
