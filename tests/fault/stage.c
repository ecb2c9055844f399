#include "stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"

static void
emit_one(const struct desk *desk, const char *id, const char *now)
{
	const struct emit emit = { id, now, NULL, NULL, 9, NULL };
	struct outcome out;

	run_emit(desk, &emit, NULL, NULL, &out);
	if (!out.done || !run_printed(&out, id)) {
		fprintf(stderr, "kill: ev-emit does not work: %s\n", out.says);
		exit(2);
	}
}

/* The log becomes another one, as after git checkout: its first line only,
 * with another id. */
static void
replace_log(struct tree *tree)
{
	struct file *log = tree_file(tree, READER_LOG);
	char *id = strstr(log->p, "evt-a"), *lf = strchr(log->p, '\n');

	if (id == NULL || lf == NULL)
		fail("replace", log->name);
	id[4] = 'r';
	log->n = (size_t)(lf - log->p) + 1;
}

static void
emit_base(const struct desk *desk, enum base base)
{
	char id[24], now[32];
	int day;

	emit_one(desk, "evt-a", "2026-01-05T08:00:00Z");
	emit_one(desk, "evt-b", "2026-01-06T08:00:00Z");
	for (day = 1; base == MANY_DAYS && day <= 10; day++) {
		snprintf(id, sizeof(id), "evt-d%d", day);
		snprintf(now, sizeof(now), "2025-12-%02dT08:00:00Z", day);
		emit_one(desk, id, now);
	}
}

static void
damage_state(struct tree *tree)
{
	struct file *state = tree_file(tree, READER_STATE);

	if (state == NULL)
		fail("damage", READER_STATE);
	memset(state->p, ' ', state->n);
}

/* Notes how the log ends. */
static void
look_at_end(struct stage *stage)
{
	const struct file *log = tree_file(&stage->tree, READER_LOG);
	const char *lf = memrchr(log->p, '\n', log->n);
	const char *last = lf != NULL ? lf + 1 : log->p;
	const struct json_want wants[] = {
		{ "event_id", stage->open, sizeof(stage->open) },
		{ NULL, NULL, 0 },
	};

	stage->size = log->n;
	stage->sealed = last == log->p + log->n;
	if (!json_object(last, log->n - (size_t)(last - log->p), wants))
		stage->open[0] = '\0';
}

static void
prepare(struct stage *stage, const struct desk *desk)
{
	const struct scene *scene = stage->scene;

	tree_put(&stage->tree, desk->store);
	if (scene->base == NO_STORE)
		return;
	emit_base(desk, scene->base);
	tree_load(&stage->tree, desk->store);
	if (scene->base == LOG_ONLY)
		tree_keep(&stage->tree, READER_LOG);
	if (scene->base == NO_STATE)
		damage_state(&stage->tree);
	if (scene->base == REPLACED)
		replace_log(&stage->tree);
	if (scene->ntail > 0)
		tree_append(
		    &stage->tree, READER_LOG, scene->tail, scene->ntail);
	look_at_end(stage);
}

static void
cast(struct stage *stage)
{
	static const char *const batch[] = { "evt-x1", "evt-x2", "evt-x3" };
	const struct scene *scene = stage->scene;
	bool next = stage->next_day;

	stage->victim = (struct emit){ "evt-x",
		next ? "2026-01-07T00:00:01Z" : "2026-01-06T09:00:00Z",
		scene->input, scene->sync, scene->size, scene->reader };
	stage->other = (struct emit){ NULL,
		next ? "2026-01-07T00:01:00Z" : "2026-01-06T09:01:00Z", NULL,
		NULL, 9, NULL };
	stage->ids[0] = "evt-x";
	if (scene->input != NULL) {
		stage->victim.id = NULL;
		memcpy(stage->ids, batch, sizeof(batch));
	}
	stage->again = stage->victim;
	stage->again.now = "2026-01-07T00:02:00Z";
}

/* The calls that were written down. */
static void
read_calls(struct stage *stage, const char *path, const struct desk *desk)
{
	char name[24], target[512];
	const char *below;
	bool moves;
	FILE *f = fopen(path, "re");
	struct call *call;
	size_t size;

	stage->calls = 0;
	while (f != NULL &&
	    fscanf(f, "%23s %zu %511[^\n]", name, &size, target) == 3) {
		if (stage->calls == STAGE_CALLS)
			fail("count the calls of", stage->scene->name);
		below = strstr(target, desk->store);
		below = below != NULL && below[strlen(desk->store)] == '/' ?
		    below + strlen(desk->store) + 1 :
		    target;
		call = &stage->call[stage->calls++];
		memcpy(call->name, name, sizeof(name));
		snprintf(call->target, sizeof(call->target), "%.60s", below);
		moves = strstr(name, "write") != NULL ||
		    strstr(name, "read") != NULL;
		call->size = moves ? size : 0;
	}
	if (f != NULL)
		fclose(f);
	unlink(path);
}

const char *
stage_sound(const struct stage *stage, const struct tree *tree)
{
	const struct file *log = tree_file(tree, READER_LOG);
	const struct file *old = tree_file(&stage->tree, READER_LOG);

	if (log == NULL || log->n < stage->size ||
	    (old != NULL && memcmp(log->p, old->p, old->n) != 0))
		return "bytes of the log changed";
	return reader_views(tree, stage->size);
}

/* What the undisturbed run left must be right, too. */
static const char *
check_stage(const struct stage *stage, const struct desk *desk,
    const struct outcome *out)
{
	bool reads = stage->scene->reader != NULL;
	struct tree tree = TREE_INIT;
	const char *r;
	size_t i;

	if (!out->done)
		return "the command fails undisturbed";
	tree_load(&tree, desk->store);
	r = reads ? NULL : stage_sound(stage, &tree);
	if (reads && !tree_same(&tree, &stage->tree))
		r = "a reader changes the store";
	for (i = 0; r == NULL && stage->ids[i] != NULL && !reads; i++)
		if (!run_printed(out, stage->ids[i]) ||
		    reader_count(&tree, stage->ids[i]) != 1)
			r = "an event is not there once";
	tree_clear(&tree);
	return r;
}

const char *
stage_make(struct stage *stage, const struct scene *scene, bool next_day,
    const struct desk *desk)
{
	struct outcome out;
	char path[300], fault[320];
	const char *r;

	*stage = (struct stage){
		.scene = scene, .next_day = next_day, .sealed = true
	};
	cast(stage);
	prepare(stage, desk);
	tree_put(&stage->tree, desk->store);
	snprintf(path, sizeof(path), "%s/calls", desk->dir);
	snprintf(fault, sizeof(fault), "trace %s", path);
	run_emit(desk, &stage->victim, fault, NULL, &out);
	read_calls(stage, path, desk);
	memcpy(stage->expect, out.text, sizeof(stage->expect));
	r = check_stage(stage, desk, &out);
	return r == NULL && stage->calls < 5 ? "fewer than 5 calls are seen" :
					       r;
}

void
stage_clear(struct stage *stage)
{
	tree_clear(&stage->tree);
}
