/*
 * errors: system calls that fail, once or from there on, and short reads and
 * writes (7-trust, C2).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "calls.h"
#include "point.h"
#include "reader.h"

#define LONG 65536

enum disturb {
	FAIL_ONCE, /* point.byte: index in calls_errors */
	FAIL_ON,
	SHORT_ONCE, /* point.byte: bytes at most */
	SHORT_ON
};

/* The sampled points, every nth, are counted as well when list is NULL. */
struct listing {
	struct point *list;
	size_t n, seen, nth;
};

static void
add(struct listing *l, int what, size_t call, size_t value)
{
	if (l->seen++ % l->nth != 0)
		return;
	if (l->list != NULL)
		l->list[l->n] = (struct point){ what, call, value };
	l->n++;
}

static void
enumerate(const struct stage *stage, struct listing *l)
{
	const struct calls_row *row;
	size_t call, error, size, few;

	/* what is long is not written byte by byte */
	few = stage->scene->size > LONG ? LONG / 50 : 1;
	for (call = 0; call < stage->calls; call++) {
		row = calls_named(stage->call[call].name);
		for (error = 0; row != NULL && error < CALLS_ERRORS; error++) {
			if ((row->errors & 1u << error) == 0)
				continue;
			add(l, FAIL_ONCE, call, error);
			add(l, FAIL_ON, call, error);
		}
		size = stage->call[call].size;
		if (size < 2)
			continue;
		add(l, SHORT_ONCE, call, 1);
		add(l, SHORT_ONCE, call, size / 2);
		add(l, SHORT_ONCE, call, size - 1);
		add(l, SHORT_ON, call, few);
		add(l, SHORT_ON, call, few * 7);
	}
}

static struct point *
list_points(const struct stage *stage, size_t nth, size_t *n)
{
	struct listing l = { NULL, 0, 0, nth };

	enumerate(stage, &l);
	l = (struct listing){ malloc((l.n + 1) * sizeof(*l.list)), 0, 0, nth };
	if (l.list == NULL)
		fail("list the points of", stage->scene->name);
	enumerate(stage, &l);
	*n = l.n;
	return l.list;
}

static void
fault_text(const struct point *point, char *text, size_t size)
{
	static const char *const modes[] = { "fail", "failing", "short",
		"shorten" };

	if (point->what <= FAIL_ON)
		snprintf(text, size, "%s %zu %s", modes[point->what],
		    point->call + 1, calls_errors[point->byte].name);
	else
		snprintf(text, size, "%s %zu %zu", modes[point->what],
		    point->call + 1, point->byte);
}

static void
name_point(const struct stage *stage, const struct point *point, char *text,
    size_t size)
{
	const struct call *call = &stage->call[point->call];
	char fault[64];

	fault_text(point, fault, sizeof(fault));
	snprintf(text, size, "%s: call %zu (%s, %s)", fault, point->call + 1,
	    call->name, call->target);
}

/* What failed must say on what file and why; a failed malloc names none. */
static void
check_says(const struct point *point, const struct outcome *out,
    struct finding *finding)
{
	int error;

	if (point->what > FAIL_ON) {
		find(finding, MUTE, "a short call is no failure: ", out->says);
		return;
	}
	error = calls_errors[point->byte].number;
	if (strcmp(calls_errors[point->byte].name, "ENOMEM") == 0 &&
	    strstr(out->says, "out of memory") != NULL)
		return;
	if (strstr(out->says, strerror(error)) == NULL ||
	    (strchr(out->says, '\'') == NULL &&
		strstr(out->says, "standard ") == NULL))
		find(finding, MUTE, "says: ", out->says);
}

/* Did it end by itself, with 0 to 2? */
static void
check_status(const struct outcome *out, struct finding *finding)
{
	int status = WIFEXITED(out->status) ? WEXITSTATUS(out->status) : 255;
	char number[16];

	snprintf(number, sizeof(number), "%d", status);
	if (status > 2)
		find(finding, IDLE, "ended with ", number);
}

static void
check_reader(const struct stage *stage, const struct outcome *out,
    const struct tree *tree, struct finding *finding)
{
	if (out->done && strcmp(out->text, stage->expect) != 0)
		find(finding, MISSING, "status 0, but it prints: ", out->text);
	if (!tree_same(tree, &stage->tree))
		find(finding, VIEWS, "a reader changed the store", "");
}

static void
check_writer(const struct stage *stage, const struct outcome *out,
    const struct tree *tree, struct finding *finding)
{
	size_t i;

	after_acked(stage, tree, out, finding);
	for (i = 0; out->done && stage->ids[i] != NULL; i++)
		if (!run_printed(out, stage->ids[i]) ||
		    reader_count(tree, stage->ids[i]) != 1)
			find(finding, MISSING,
			    "status 0, but not printed and "
			    "written once: ",
			    stage->ids[i]);
}

static void
try_point(const struct stage *stage, const struct desk *desk,
    const struct point *point, struct finding *finding)
{
	struct tree tree = TREE_INIT;
	struct outcome out;
	char fault[64];

	*finding = (struct finding){ 0 };
	fault_text(point, fault, sizeof(fault));
	tree_put(&stage->tree, desk->store);
	run_emit(desk, &stage->victim, fault, NULL, &out);
	check_status(&out, finding);
	if (!out.done)
		check_says(point, &out, finding);
	tree_load(&tree, desk->store);
	if (stage->scene->reader != NULL) {
		check_reader(stage, &out, &tree, finding);
	} else {
		check_writer(stage, &out, &tree, finding);
		after_retry(stage, desk, &tree, finding);
	}
	tree_clear(&tree);
}

const struct suite suite_errors = { scenes_errors, list_points, try_point,
	name_point };
