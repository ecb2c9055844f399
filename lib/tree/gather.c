#include "tree/gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/names.h"
#include "input/pass.h"
#include "input/ties.h"
#include "json/quote.h"
#include "tree/arrange.h"

#define AHEAD 8 /* leaves between the steps of asking for an id */

/* An event of a block; its texts stand in the block's buffer. */
struct leaf {
	uint64_t at, id_hash, parent_hash, label_hash;
	size_t text;
	uint32_t length, time[EV_FOREST_TIME];
	uint32_t id, parent, group, label; /* bytes */
	bool has_group, has_label, match;
};

struct block {
	const struct run *run;
	struct leaf *v;
	size_t n, cap;
	struct ev_buf text, scratch;
};

struct run {
	const struct ev_gather *gather;
	const struct ev_reading *reading; /* as it was asked for */
	struct ev_reading all;		  /* without a filter */
	struct ev_source *sources;
	struct ev_forest *forest;
	size_t present; /* source that is read */
};

static int
want_path(
    int *field, struct ev_model *model, const char *text, struct ev_err *err)
{
	struct ev_path path = EV_PATH_INIT;
	struct ev_err why;

	if (ev_path_parse(&path, ev_slice_of(text), &why) == -1)
		return ev_fail(err, "--link '%s': %s", text, why.text);
	*field = ev_model_path(model, &path);
	ev_path_clear(&path);
	return 0;
}

int
ev_gather_want(
    struct ev_gather *gather, struct ev_model *model, struct ev_err *err)
{
	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_PARENT);
	if (gather->group >= 0)
		ev_model_want(model, (enum ev_role)gather->group);
	gather->link = -1;
	if (want_path(&gather->caused_by, model, "caused_by", err) == -1)
		return -1;
	return gather->path == NULL ?
	    0 :
	    want_path(&gather->link, model, gather->path, err);
}

static void *
start(void *arg)
{
	struct block *block = ev_calloc(1, sizeof(*block));

	block->run = arg;
	return block;
}

static void
finish(void *arg, void *state)
{
	struct block *block = state;

	(void)arg;
	ev_buf_clear(&block->text);
	ev_buf_clear(&block->scratch);
	free(block->v);
	free(block);
}

/* Appends the text of a field's first value. */
static int
add_value(void *arg, const struct ev_val *val)
{
	struct ev_buf *out = arg;

	if (val->kind == EV_STRING)
		ev_unquote(out, val);
	else if (val->kind == EV_NUMBER)
		ev_buf_addslice(out, ev_val_slice(val));
	else
		return 0;
	return 1;
}

/* The parent: its role, else caused_by, else --link. */
static void
add_parent(
    const struct ev_gather *gather, struct ev_event *ev, struct ev_buf *out)
{
	struct ev_val val = ev_event_role(ev, EV_PARENT);

	if (add_value(out, &val) == 1 ||
	    ev_event_field(ev, gather->caused_by, add_value, out) == 1 ||
	    gather->link < 0)
		return;
	ev_event_field(ev, gather->link, add_value, out);
}

static uint64_t
hash_from(const struct ev_buf *text, size_t from)
{
	return ev_names_hash(
	    (struct ev_slice){ text->p + from, text->n - from });
}

static struct leaf *
new_leaf(struct block *block)
{
	struct leaf *leaf;

	if (block->n == block->cap) {
		block->cap = block->cap == 0 ? 256 : block->cap * 2;
		block->v = ev_realloc(block->v, block->cap, sizeof(*block->v));
	}
	leaf = &block->v[block->n++];
	memset(leaf, 0, sizeof(*leaf));
	return leaf;
}

static void
add_group(const struct ev_gather *gather, struct ev_event *ev,
    struct leaf *leaf, struct ev_buf *text)
{
	struct ev_val group;
	size_t from = text->n;

	if (gather->group < 0)
		return;
	group = ev_event_role(ev, (enum ev_role)gather->group);
	leaf->has_group = add_value(text, &group) == 1;
	leaf->group = (uint32_t)(text->n - from);
}

static void
add_label(const struct ev_gather *gather, struct ev_event *ev,
    struct leaf *leaf, struct block *block)
{
	size_t from = block->text.n;

	if (gather->captions == NULL || !leaf->match ||
	    ev_captions_full(gather->captions))
		return;
	ev_labels_text(gather->labels, ev, &block->scratch, &block->text);
	leaf->has_label = true;
	leaf->label = (uint32_t)(block->text.n - from);
	leaf->label_hash = hash_from(&block->text, from);
}

static void
event(void *state, struct ev_event *ev, uint64_t offset)
{
	struct block *block = state;
	const struct ev_gather *gather = block->run->gather;
	struct ev_buf *text = &block->text;
	struct leaf *leaf = new_leaf(block);
	struct timespec time;
	size_t from;

	leaf->at = ev_item_at(block->run->present, offset);
	leaf->length = (uint32_t)ev->line.n;
	ev_arrange_time(ev_event_time(ev, &time) ? &time : NULL, leaf->time);
	leaf->match = ev_filter_match(block->run->reading->filter, ev);
	leaf->text = from = text->n;
	ev_buf_addslice(text, ev_event_id(ev));
	leaf->id = (uint32_t)(text->n - from);
	leaf->id_hash = hash_from(text, from);
	from = text->n;
	add_parent(gather, ev, text);
	leaf->parent = (uint32_t)(text->n - from);
	leaf->parent_hash = hash_from(text, from);
	add_group(gather, ev, leaf, text);
	add_label(gather, ev, leaf, block);
}

/* Takes the next n bytes. */
static struct ev_slice
part(const char **at, uint32_t n)
{
	struct ev_slice slice = { *at, n };

	*at += n;
	return slice;
}

static int
grow(const struct run *run, const struct leaf *leaf, const char *text)
{
	struct ev_captions *captions = run->gather->captions;
	struct ev_slice label;
	struct ev_branch branch = { .at = leaf->at,
		.length = leaf->length,
		.match = leaf->match,
		.id_hash = leaf->id_hash,
		.parent_hash = leaf->parent_hash };

	memcpy(branch.time, leaf->time, sizeof(branch.time));
	branch.id = part(&text, leaf->id);
	branch.parent = part(&text, leaf->parent);
	branch.group = part(&text, leaf->group);
	if (!leaf->has_group)
		branch.group.p = NULL;
	label = part(&text, leaf->label);
	if (!leaf->has_label)
		label.p = NULL;
	if (captions != NULL)
		ev_captions_add(captions, label, leaf->label_hash);
	return ev_forest_add(run->forest, &branch);
}

/* The ids that are soon asked for; a new one has no text yet. */
static void
expect(
    const struct ev_names *ids, const struct leaf *leaf, const struct leaf *end)
{
	if (end - leaf > 3 * AHEAD) {
		ev_names_expect(ids, leaf[3 * AHEAD].id_hash, 0);
		ev_names_expect(ids, leaf[3 * AHEAD].parent_hash, 0);
	}
	if (end - leaf > 2 * AHEAD)
		ev_names_expect(ids, leaf[2 * AHEAD].parent_hash, 1);
	if (end - leaf > AHEAD)
		ev_names_expect(ids, leaf[AHEAD].parent_hash, 2);
}

static int
flush(void *arg, void *state, struct ev_err *err)
{
	struct run *run = arg;
	struct block *block = state;
	const struct leaf *leaf, *end = block->v + block->n;
	int r = 0;

	for (leaf = block->v; leaf < end && r == 0; leaf++) {
		expect(run->forest->ids, leaf, end);
		r = grow(run, leaf, block->text.p + leaf->text);
	}
	block->n = 0;
	ev_buf_reset(&block->text);
	return r == 0 ? 0 : ev_fail(err, "more events than a tree can hold");
}

static int
read_one(void *arg, size_t i, struct ev_tally *tally, struct ev_err *err)
{
	struct run *run = arg;
	struct ev_pass pass = { .arg = run,
		.start = start,
		.event = event,
		.flush = flush,
		.finish = finish };

	run->present = i;
	return ev_reading_settled(
	    &run->all, &pass, &run->sources[i], tally, err);
}

int
ev_gather_run(const struct ev_gather *gather, const struct ev_reading *reading,
    struct ev_source *sources, size_t count, struct ev_forest *forest)
{
	static const struct ev_filter no_filter;
	static const bool broken;
	struct run run = { .gather = gather,
		.reading = reading,
		.all = *reading,
		.sources = sources,
		.forest = forest };
	struct ev_err err;
	int r;

	/* what does not match may be the parent of what does */
	run.all.filter = &no_filter;
	run.all.literal = NULL;
	r = ev_reading_each(&run.all, sources, count, &broken, read_one, &run);
	if (gather->by_time &&
	    ev_arrange(forest, reading->model, sources, count, &err) == -1) {
		ev_say_err(reading->say, &err);
		r = -1;
	}
	ev_forest_ready(forest);
	return r;
}
