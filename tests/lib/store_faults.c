/*
 * Each system call of a write fails, once, from there on, or is cut short
 * (7-trust, C2, here inside the library, at every point): what is acknowledged
 * stands in the log once, what failed says why, and whoever comes next finds
 * everything in order.
 *
 *	store_faults [all | SCENE]
 *
 * Without all a call does not fail in ways that are told apart nowhere, and
 * disturbances that last begin at some calls only.
 */
#include "faulty.h"

#include "../fault/tree.h"
#include "scenes.h"

#define SHORT 61  /* bytes of every read and write */
#define SOME 5	  /* of so many calls one */
#define ENOUGH 20 /* failures */

static struct tree stage = TREE_INIT;
static char *old_log;
static size_t points;
static bool all;

/* Writes what a scene casts; faults: armed while it does. */
static int
attempt(const struct scene *scene, struct ev_entry *e, size_t *n, bool faults)
{
	bool held = scene->held && faults;
	int fd = held ? open(scratch(".events/lock"), O_RDWR) : -1, r;

	if (held)
		CHECK(flock(fd, LOCK_EX) == 0);
	*n = scene->cast(e);
	faulty.old = scene->old ? ENOSYS : 0;
	faulty.armed = faults;
	faulty.count = faulty.interrupts = 0;
	r = scene->anew && faults ? make_anew() :
				    write_with(&scene->options, e, *n);
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

/* Stands an entry's line in the log as often as it is to, on a line of its
 * own? */
static bool
stands(const char *log, const struct ev_entry *e, size_t n, size_t i)
{
	struct ev_slice line = ev_buf_slice(&e[i].line);
	size_t want = 0, got = 0;
	const char *lf;

	while (n > 0)
		want += ev_slice_eq(ev_buf_slice(&e[--n].line), line);
	for (; (lf = strchr(log, '\n')) != NULL; log = lf + 1)
		got += (size_t)(lf - log) == line.n &&
		    memcmp(log, line.p, line.n) == 0;
	return got == want;
}

/* How many whole lines of entry() have an id. */
static size_t
count_sound(const char *log, const char *id)
{
	size_t n = 0, m;
	char head[32];
	const char *lf;

	m = (size_t)snprintf(head, sizeof(head), "{\"event_id\":\"%s\"", id);
	for (; (lf = strchr(log, '\n')) != NULL; log = lf + 1)
		n += (size_t)(lf - log) > m && memcmp(log, head, m) == 0 &&
		    memcmp(lf - 2, "}}", 2) == 0 &&
		    memchr(log, '\1', (size_t)(lf - log)) == NULL;
	return n;
}

/* What failed says of what, and why. */
static bool
says_why(void)
{
	/* the command that reads them has said why */
	if (strstr(last_err.text, "the dialects of '") != NULL)
		return true;
	if (faulty.how == FAULTY_SPOIL || faulty.how == FAULTY_TEAR)
		return strstr(last_err.text, "other writers spoiled") != NULL;
	return strstr(last_err.text, strerror(faulty.error)) != NULL &&
	    strchr(last_err.text, '\'') != NULL;
}

static const char *
check_log(const struct scene *scene, struct ev_entry *e, size_t n, int r)
{
	char *log = slurp_log();
	const char *wrong = NULL;
	size_t i;

	if (strncmp(log, old_log, strlen(old_log)) != 0)
		wrong = "the log changed";
	for (i = 0; wrong == NULL && r == 0 && !scene->anew && i < n; i++)
		if (!stands(log, e, n, i))
			wrong = "acknowledged and not there once";
	if (wrong == NULL && r < 0 && faulty.how >= FAULTY_SHORT &&
	    faulty.how != FAULTY_SPOIL && faulty.how != FAULTY_TEAR)
		wrong = "this is no failure";
	if (wrong == NULL && r < 0 && !says_why())
		wrong = "does not say why";
	if (wrong == NULL && r == 0 && !scene->held && said[0] == '\0' &&
	    faulty.how < FAULTY_FOREIGN && !views_hold())
		wrong = "the views are behind, and nothing says so";
	free(log);
	return wrong;
}

/* Of what was to be written as a whole, the next writer, whoever it is, leaves
 * none or all: all when something was in the log. */
static const char *
check_whole(struct ev_entry *e, size_t n)
{
	bool told = strstr(last_err.text, "the next ev-emit writes") != NULL;
	const char *wrong = NULL;
	char *log = slurp_log();
	bool some = strlen(log) > strlen(old_log) + 1; /* more than an LF */
	size_t i, got = 0;

	free(log);
	if (emit(1, "next") != EV_WRITTEN)
		return "the next one fails";
	log = slurp_log();
	for (i = 0; i < n; i++)
		got += stands(log, e, n, i);
	if (got != n && (got > 0 || some))
		wrong = "neither none nor all of them";
	if (!some && !told && got > 0)
		wrong = "nothing was written, and now all is";
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
		log = slurp_log();
		for (i = 0; wrong == NULL && i < n; i++)
			if (!stands(log, e, n, i))
				wrong = "after the retry not there once";
		free(log);
		clear(e, n);
	}
	if (wrong == NULL && scene->prepare == spooled) {
		log = slurp_log();
		if (count_sound(log, "s1") != 1 || count_sound(log, "s2") != 1)
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
	if (scene->prepare == shared)
		share_log(); /* a tree knows no groups */
	r = attempt(scene, e, &n, true);
	wrong = check_log(scene, e, n, r);
	why = last_err;
	if (wrong == NULL && r < 0 && scene->options.atomic &&
	    faulty.how < FAULTY_FOREIGN)
		wrong = check_whole(e, n);
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
		/* unless there is nothing else */
		if (!all && row->errors != 1u << i &&
		    (calls_errors[i].number == EDQUOT ||
			calls_errors[i].number == ENOMEM))
			continue;
		faulty.error = calls_errors[i].number;
		faulty.how = FAULTY_ONCE;
		try_point(scene);
		faulty.how = FAULTY_ON;
		try_point(scene);
	}
}

/* A call that is cut short, and others that write. */
static void
try_disturbed(const struct scene *scene, size_t size)
{
	static const char *const texts[] = { "{\"foreign\":\"\1\"}\n",
		"half\1" };
	size_t i;

	faulty.most = size / 2;
	if (size > 1) {
		faulty.how = FAULTY_SHORT;
		try_point(scene);
	}
	for (i = 0; i < 2; i++) {
		faulty.text = texts[i];
		faulty.how = FAULTY_FOREIGN;
		try_point(scene);
		if (size > 1) {
			faulty.how = FAULTY_SPLIT;
			try_point(scene);
		}
	}
	if (!all && faulty.at % SOME != 0)
		return;
	faulty.how = FAULTY_SPOIL;
	try_point(scene);
	if (size >= SHORT) {
		faulty.how = FAULTY_TEAR;
		try_point(scene);
	}
}

static void
try_scene(const struct scene *scene)
{
	static struct faulty_call call[FAULTY_CALLS];
	static char log_path[300];
	struct ev_entry e[MOST];
	size_t calls, n;

	snprintf(log_path, sizeof(log_path), "%s", scratch(".events.jsonl"));
	start_anew();
	scene->prepare();
	faulty.file = log_path;
	old_log = slurp_log();
	tree_load(&stage, scratch_dir);
	faulty.how = FAULTY_COUNT;
	CHECK_INT(attempt(scene, e, &n, true), 0);
	clear(e, n);
	calls = faulty.count;
	CHECK(calls > 20);
	memcpy(call, faulty.call, sizeof(call));
	for (faulty.at = 0; faulty.at < calls && test_failed < ENOUGH;
	     faulty.at++) {
		try_errors(scene, call[faulty.at].row);
		try_disturbed(scene, call[faulty.at].size);
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

	scratch_begin_fast();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	setenv("EV_NOW", "2026-01-07T10:00:00Z", 1);
	all = argc > 1 && strcmp(argv[1], "all") == 0;
	for (i = 0; i < SCENES && test_failed < ENOUGH; i++)
		if (argc < 2 || all || strcmp(argv[1], scenes[i].name) == 0)
			try_scene(&scenes[i]);
	tree_clear(&stage);
	scratch_end();
	printf("%zu points\n", points);
	return test_end();
}
