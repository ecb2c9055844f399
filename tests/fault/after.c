#include "after.h"

#include <stdio.h>
#include <string.h>

#include "reader.h"

void
find(struct finding *finding, enum verdict verdict, const char *what,
    const char *detail)
{
	if (finding->verdict != RIGHT)
		return;
	finding->verdict = verdict;
	snprintf(finding->why, sizeof(finding->why), "%.150s%.*s", what,
	    (int)strcspn(detail, "\n") % 140, detail);
}

void
after_count(const struct tree *tree, const char *id, struct finding *finding)
{
	size_t n = reader_count(tree, id);

	if (n == 0)
		find(finding, LOST, "not in the log: ", id);
	else if (n > 1)
		find(finding, DOUBLED, "twice in the log: ", id);
}

void
after_acked(const struct stage *stage, const struct tree *tree,
    const struct outcome *out, struct finding *finding)
{
	size_t i;

	for (i = 0; stage->ids[i] != NULL; i++) {
		if (!run_printed(out, stage->ids[i]))
			continue;
		finding->acked = true;
		if (reader_count(tree, stage->ids[i]) == 0)
			find(finding, MISSING,
			    "printed, but not in the log: ", stage->ids[i]);
	}
}

/* One of the runs after the disturbance. */
static void
run_after(const struct stage *stage, const struct desk *desk,
    const struct emit *emit, struct tree *tree, struct outcome *out,
    struct finding *finding)
{
	const char *why;

	run_emit(desk, emit, NULL, NULL, out);
	if (!out->done)
		find(finding, IDLE, "a later ev-emit fails: ", out->says);
	tree_load(tree, desk->store);
	why = stage_sound(stage, tree);
	if (why != NULL)
		find(finding, VIEWS, why, "");
}

static void
check_end(const struct stage *stage, const struct tree *tree,
    const struct outcome *other, const struct outcome *again,
    struct finding *finding)
{
	char id[READER_TEXT];
	size_t i;

	snprintf(id, sizeof(id), "%.*s", (int)strcspn(other->text, "\n"),
	    other->text);
	after_count(tree, id, finding);
	for (i = 0; stage->ids[i] != NULL; i++) {
		after_count(tree, stage->ids[i], finding);
		if (!run_printed(again, stage->ids[i]))
			find(finding, LOST, "the retry does not print ",
			    stage->ids[i]);
	}
}

void
after_retry(const struct stage *stage, const struct desk *desk,
    struct tree *tree, struct finding *finding)
{
	struct outcome other, again;

	run_after(stage, desk, &stage->other, tree, &other, finding);
	run_after(stage, desk, &stage->again, tree, &again, finding);
	check_end(stage, tree, &other, &again, finding);
}
