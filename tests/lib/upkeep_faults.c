/*
 * Each system call of what keeps a store up fails, once or from there on, or is
 * cut short: the log keeps its events, what failed says why, and the same once
 * more does all of it.
 *
 *	upkeep_faults [SCENE]
 */
#include "faulty.h"

#include "../fault/tree.h"
#include "upkeep.h"

#define ENOUGH 20 /* failures */

static struct tree stage = TREE_INIT;
static size_t points;

/* Is every event that the stage's log had in the log, so many times at most,
 * but for the one that is redacted? */
static bool
all_there(const char *before, bool redacts, size_t most)
{
	char *log = slurp_log(), *line;
	const char *lf;
	bool good = true;
	size_t n;

	for (; (lf = strchr(before, '\n')) != NULL; before = lf + 1) {
		line = strndup(before, (size_t)(lf - before) + 1);
		n = count_of(log, line);
		if (strstr(line, "}}\n") != NULL && (n < 1 || n > most) &&
		    !(redacts && strstr(line, SECRET) != NULL))
			good = false;
		free(line);
	}
	free(log);
	return good;
}

/* A feed that was set aside is as it was, or gone. */
static bool
feed_holds(void)
{
	const struct file *was = tree_file(&stage, ".events/feed.1.jsonl");
	char *is = slurp(".events/feed.1.jsonl");
	bool holds = was == NULL || *is == '\0' || strcmp(was->p, is) == 0;

	free(is);
	return holds;
}

/* The same once more, and an event: nothing is wrong then. */
static const char *
check_next(const struct scene *scene, const char *before, bool redacts)
{
	char *log;
	bool secret;

	if (run(scene->run) < 0)
		return "once more, it fails";
	if (!all_there(before, redacts, 1))
		return "the log has not each event once";
	if (emit(DAYS - 1, "next") != EV_WRITTEN)
		return "the next event is not written";
	if (redacts) {
		log = slurp_log();
		secret = strstr(log, SECRET) != NULL;
		free(log);
		if (secret)
			return "the secret is there";
	}
	if ((scene->then & WHOLE) != 0 && !views_hold())
		return "the views do not hold";
	if ((scene->then & SEALED) != 0 &&
	    (run(verify) < 0 || found.problems > 0))
		return "the seals do not hold";
	if ((scene->then & UNSOUND) == 0 &&
	    (run(survey) < 0 || found.problems > 0))
		return "the store is not sound";
	return NULL;
}

static void
try_point(const struct scene *scene, const char *before)
{
	bool redacts = scene->run == redact;
	const char *wrong = NULL;
	struct ev_err why;
	int r;

	tree_put(&stage, scratch_dir);
	faulty.count = faulty.interrupts = 0;
	faulty.armed = true;
	r = run(scene->run);
	faulty.armed = false;
	why = last_err;
	/* while it is rotated the log has two names */
	if (!all_there(before, redacts, scene->run == rotation ? 2 : 1))
		wrong = "the log lacks an event";
	else if (scene->run == keep_bytes && !feed_holds())
		wrong = "a feed took the place of another";
	else if (r < 0 && why.text[0] == '\0')
		wrong = "does not say why";
	else if (r < 0 && faulty.how >= FAULTY_SHORT)
		wrong = "this is no failure";
	else
		wrong = check_next(scene, before, redacts);
	points++;
	test_checks++;
	if (wrong == NULL)
		return;
	test_failed++;
	printf("%s: call %zu (%s), how %d, %s: %s: %s; %s\n", scene->name,
	    faulty.at,
	    faulty.at < faulty.count ? faulty.call[faulty.at].row->name : "?",
	    faulty.how, strerror(faulty.error), wrong, why.text, last_err.text);
	if (found.n > 0)
		printf("\t%s %s %s\n", found.v[0].file, found.v[0].what,
		    found.v[0].why);
}

/* The first error that the call may give, and for good; an interrupt; half of
 * what it moves. */
static void
try_call(
    const struct scene *scene, const struct faulty_call *call, const char *log)
{
	int i;

	for (i = 0; i < CALLS_ERRORS; i++)
		if ((call->row->errors & 1u << i) != 0)
			break;
	faulty.error = calls_errors[i].number;
	faulty.how = FAULTY_ONCE;
	try_point(scene, log);
	faulty.how = FAULTY_ON;
	try_point(scene, log);
	if (call->size > 1) {
		faulty.how = FAULTY_SHORT;
		faulty.most = call->size / 2;
		try_point(scene, log);
	}
}

static void
try_scene(const struct scene *scene)
{
	static struct faulty_call call[FAULTY_CALLS];
	size_t calls;
	char *log;

	start_anew();
	scene->prepare();
	log = slurp_log();
	tree_load(&stage, scratch_dir);
	faulty.how = FAULTY_COUNT;
	try_point(scene, log);
	tree_put(&stage, scratch_dir);
	faulty.count = 0;
	faulty.armed = true;
	CHECK_INT(run(scene->run), 0);
	faulty.armed = false;
	calls = faulty.count;
	CHECK(calls > 20);
	memcpy(call, faulty.call, sizeof(call));
	for (faulty.at = 0; faulty.at < calls && test_failed < ENOUGH;
	     faulty.at++)
		try_call(scene, &call[faulty.at], log);
	printf("%s: %zu calls\n", scene->name, calls);
	free(log);
}

int
main(int argc, char **argv)
{
	size_t i;

	scratch_begin_fast();
	setenv("XDG_STATE_HOME", scratch(""), 1);
	setenv("EV_NOW", "2026-01-11T10:00:00Z", 1);
	for (i = 0; i < SCENES && test_failed < ENOUGH; i++)
		if (argc < 2 || strcmp(argv[1], scenes[i].name) == 0)
			try_scene(&scenes[i]);
	ev_findings_clear(&found);
	tree_clear(&stage);
	scratch_end();
	printf("%zu points\n", points);
	return test_end();
}
