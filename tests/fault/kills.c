#include "point.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reader.h"

#define FOREIGN "evt-foreign"
#define PART "{\"event_id\":\"" FOREIGN "\",\"event_type\":\"bead.cl"
#define WHOLE \
	PART "osed\",\"timestamp\":\"2026-01-04T12:00:00Z\"," \
	     "\"actor\":\"other\",\"correlation_id\":null,\"data\":{}}\n"

enum disturb {
	KILL_BEFORE, /* the call */
	KILL_AFTER,
	KILL_BYTE, /* in a write: so many bytes were written */
	PUT_TORN,  /* before the call another writer appends a part */
	PUT_WHOLE  /* ... or the whole of a line */
};

static const char *
text_of(int what)
{
	if (what == PUT_TORN)
		return PART;
	return what == PUT_WHOLE ? WHOLE : NULL;
}

static void
add(struct point *list, size_t *n, int what, size_t call, size_t byte)
{
	if (list != NULL)
		list[*n] = (struct point){ what, call, byte };
	++*n;
}

/* Counts them when list is NULL. */
static size_t
enumerate(const struct stage *stage, size_t nth, struct point *list)
{
	size_t n = 0, call, byte, last, step = nth * stage->scene->step;

	for (call = 0; call < stage->calls; call++) {
		add(list, &n, KILL_BEFORE, call, 0);
		last = stage->call[call].size;
		last = last > 0 ? last - 1 : 0;
		for (byte = 1; byte <= last; byte++)
			if (byte == 1 || byte == last || byte % step == 0)
				add(list, &n, KILL_BYTE, call, byte);
		add(list, &n, KILL_AFTER, call, 0);
		add(list, &n, PUT_TORN, call, 0);
		add(list, &n, PUT_WHOLE, call, 0);
	}
	return n;
}

static struct point *
list_points(const struct stage *stage, size_t nth, size_t *n)
{
	struct point *list;

	*n = enumerate(stage, nth, NULL);
	list = malloc((*n + 1) * sizeof(*list));
	if (list == NULL)
		fail("list the points of", stage->scene->name);
	enumerate(stage, nth, list);
	return list;
}

static void
fault_text(const struct point *point, char *text, size_t size)
{
	static const char *const modes[] = { [KILL_BEFORE] = "before",
		[KILL_AFTER] = "after",
		[KILL_BYTE] = "byte",
		[PUT_TORN] = "foreign",
		[PUT_WHOLE] = "foreign" };

	snprintf(text, size, "%s %zu %zu", modes[point->what], point->call + 1,
	    point->byte);
}

static void
name_point(const struct stage *stage, const struct point *point, char *text,
    size_t size)
{
	static const char *const what[] = { [KILL_BEFORE] = "killed before",
		[KILL_AFTER] = "killed after",
		[PUT_TORN] = "foreign part of a line before",
		[PUT_WHOLE] = "foreign line before" };
	const struct call *call = &stage->call[point->call];
	char start[64];

	if (point->what == KILL_BYTE)
		snprintf(start, sizeof(start), "killed after byte %zu of",
		    point->byte);
	else
		snprintf(start, sizeof(start), "%s", what[point->what]);
	snprintf(text, size, "%s call %zu (%s, %zu bytes, %s)", start,
	    point->call + 1, call->name, call->size, call->target);
}

/*
 * Foreign events that no foreign writer damaged must stand: the one that was
 * put in, unless it was glued to a torn tail, and the one without LF at the
 * log's end, unless another was glued to it.
 */
static void
check_foreign(const struct stage *stage, const struct point *point,
    const struct tree *tree, struct finding *finding)
{
	if (stage->sealed && point->what == PUT_WHOLE)
		after_count(tree, FOREIGN, finding);
	if (stage->open[0] != '\0' && point->what <= KILL_BYTE)
		after_count(tree, stage->open, finding);
}

static void
try_point(const struct stage *stage, const struct desk *desk,
    const struct point *point, struct finding *finding)
{
	struct outcome disturbed;
	struct tree tree = TREE_INIT;
	char fault[64];

	*finding = (struct finding){ 0 };
	fault_text(point, fault, sizeof(fault));
	tree_put(&stage->tree, desk->store);
	run_emit(desk, &stage->victim, fault, text_of(point->what), &disturbed);
	if (point->what <= KILL_BYTE ? !disturbed.killed : !disturbed.done)
		find(finding, IDLE,
		    "the disturbed run did not end as it should",
		    disturbed.says);
	tree_load(&tree, desk->store);
	after_acked(stage, &tree, &disturbed, finding);
	after_retry(stage, desk, &tree, finding);
	check_foreign(stage, point, &tree, finding);
	tree_clear(&tree);
}

const struct suite suite_kills = { scenes, list_points, try_point, name_point };
