/* The report fields: every path that there is, of what kinds, with examples. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "stats/reports.h"

#define PATHS_MOST 10000
#define EXAMPLES 3
#define EXAMPLE_MOST 60 /* bytes of its JSON text; longer ones are none */
#define KINDS (EV_ARRAY + 1)

static const char *const kind_name[KINDS] = { NULL, "null", "false", "true",
	"number", "string", "object", "array" };

/* The values of the least hashes: a sample that parts merge to. */
struct example {
	uint64_t hash;
	uint32_t n; /* 0: none */
	char text[EXAMPLE_MOST];
};

struct path {
	char *name;
	uint64_t kind[KINDS];
	struct example example[EXAMPLES];
};

struct fields {
	struct ev_map *map; /* name -> number + 1 */
	struct path *path;
	size_t n;
	uint64_t more;	    /* values of paths beyond PATHS_MOST */
	struct ev_buf name; /* of the present value */
};

static void *
open_plan(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	(void)scope;
	(void)model;
	(void)err;
	/* there is nothing to plan, but NULL would be a failure */
	return ev_calloc(1, 1);
}

static void *
start(const void *plan)
{
	struct fields *f = ev_calloc(1, sizeof(*f));

	(void)plan;
	f->map = ev_map_new();
	return f;
}

static void
free_acc(void *acc)
{
	struct fields *f = acc;
	size_t i;

	for (i = 0; i < f->n; i++)
		free(f->path[i].name);
	free(f->path);
	ev_map_free(f->map);
	ev_buf_clear(&f->name);
	free(f);
}

/* The path of a name, or NULL: there are too many. */
static struct path *
path_at(struct fields *f, struct ev_slice name)
{
	uint64_t *at = ev_map_find(f->map, name.p, name.n);

	if (at != NULL)
		return &f->path[*at - 1];
	if (f->n == PATHS_MOST)
		return NULL;
	if ((f->n & (f->n - 1)) == 0)
		f->path = ev_realloc(
		    f->path, f->n > 0 ? f->n * 2 : 1, sizeof(*f->path));
	f->path[f->n] = (struct path){ .name = ev_memdup(name.p, name.n) };
	*ev_map_at(f->map, name.p, name.n, NULL) = ++f->n;
	return &f->path[f->n - 1];
}

static void
add_example(struct path *path, const struct example *more)
{
	struct example keep = *more, other;
	size_t i;

	for (i = 0; i < EXAMPLES && keep.n > 0; i++) {
		other = path->example[i];
		if (other.n > 0 && other.hash == keep.hash)
			return;
		if (other.n > 0 && other.hash < keep.hash)
			continue;
		path->example[i] = keep;
		keep = other;
	}
}

/* A value as an example, when it is a short one. */
static void
show(struct path *path, const struct ev_val *val)
{
	struct ev_slice raw = ev_val_raw(val);
	struct example example;

	if (raw.n > EXAMPLE_MOST)
		return;
	example.hash = ev_sip_open(raw.p, raw.n);
	example.n = (uint32_t)raw.n;
	memcpy(example.text, raw.p, raw.n);
	add_example(path, &example);
}

static void
note(struct fields *f, const struct ev_val *val)
{
	struct path *path = path_at(f, ev_buf_slice(&f->name));

	if (path == NULL) {
		f->more++;
		return;
	}
	path->kind[val->kind]++;
	if (val->kind == EV_NUMBER || val->kind == EV_STRING)
		show(path, val);
}

/* Appends a key as a step of a path (json/path.h). */
static void
add_key(struct ev_buf *name, const struct ev_val *key)
{
	struct ev_buf text = EV_BUF_INIT;
	size_t i;

	if (name->n > 0)
		ev_buf_addc(name, '.');
	ev_unquote(&text, key);
	for (i = 0; i < text.n; i++) {
		if (memchr(".[\\,= ", text.p[i], 6) != NULL)
			ev_buf_addc(name, '\\');
		ev_buf_addc(name, text.p[i]);
	}
	ev_buf_clear(&text);
}

/* All that is in a value, which is no deeper than the scanner lets pass. */
static void
take(struct fields *f, const struct ev_val *val)
{
	size_t end = f->name.n;
	struct ev_walk walk;
	struct ev_val key, inner;
	bool any = false;

	ev_walk_begin(&walk, val);
	while (ev_walk_next(&walk, &key, &inner)) {
		any = true;
		if (key.kind == EV_STRING)
			add_key(&f->name, &key);
		else
			ev_buf_adds(&f->name, "[]");
		take(f, &inner);
		f->name.n = end;
	}
	if (!any && end > 0)
		note(f, val);
}

static void
event(void *acc, struct ev_event *ev, uint64_t at)
{
	struct fields *f = acc;
	struct ev_val line = {
		.p = ev->line.p, .n = (uint32_t)ev->line.n, .kind = EV_OBJECT
	};

	(void)at;
	/* blanks may stand before the brace */
	while (line.n > 0 && *line.p != '{') {
		line.p++;
		line.n--;
	}
	ev_buf_reset(&f->name);
	take(f, &line);
}

static void
merge(void *into, void *from)
{
	struct fields *f = into, *more = from;
	struct path *path, *other;
	size_t i, k;

	f->more += more->more;
	for (i = 0; i < more->n; i++) {
		other = &more->path[i];
		path = path_at(f, ev_slice_of(other->name));
		for (k = 0; k < KINDS; k++) {
			if (path != NULL)
				path->kind[k] += other->kind[k];
			else
				f->more += other->kind[k];
		}
		for (k = 0; path != NULL && k < EXAMPLES; k++)
			add_example(path, &other->example[k]);
	}
}

static uint64_t
count_of(const struct path *path)
{
	uint64_t count = 0;
	size_t i;

	for (i = 0; i < KINDS; i++)
		count += path->kind[i];
	return count;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(
	    ((const struct path *)a)->name, ((const struct path *)b)->name);
}

static void
put_kinds(const struct path *path, struct ev_buf *out)
{
	const char *comma = "";
	size_t i;

	ev_buf_addc(out, '{');
	for (i = 0; i < KINDS; i++) {
		if (path->kind[i] == 0)
			continue;
		ev_buf_addf(out, "%s\"%s\":%" PRIu64, comma, kind_name[i],
		    path->kind[i]);
		comma = ",";
	}
	ev_buf_addc(out, '}');
}

static void
put_examples(const struct path *path, struct ev_buf *out)
{
	size_t i;

	ev_buf_addc(out, '[');
	for (i = 0; i < EXAMPLES && path->example[i].n > 0; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_buf_add(out, path->example[i].text, path->example[i].n);
	}
	ev_buf_addc(out, ']');
}

static int
finish(void *acc, struct ev_grid *grid, struct ev_err *err)
{
	struct fields *f = acc;
	struct ev_buf text = EV_BUF_INIT;
	size_t i;

	(void)err;
	ev_grid_group(grid, "path", EV_GRID_TEXT);
	ev_grid_column(grid, "count", EV_GRID_COUNT);
	ev_grid_column(grid, "kinds", EV_GRID_JSON);
	ev_grid_column(grid, "examples", EV_GRID_JSON);
	/* the map is of no use behind this */
	if (f->n > 0)
		qsort(f->path, f->n, sizeof(*f->path), by_name);
	for (i = 0; i < f->n; i++) {
		ev_grid_text(grid, ev_slice_of(f->path[i].name));
		ev_grid_count(grid, count_of(&f->path[i]));
		ev_buf_reset(&text);
		put_kinds(&f->path[i], &text);
		ev_grid_raw(grid, ev_buf_slice(&text));
		ev_buf_reset(&text);
		put_examples(&f->path[i], &text);
		ev_grid_raw(grid, ev_buf_slice(&text));
	}
	ev_buf_clear(&text);
	if (f->more > 0)
		ev_buf_addf(&grid->notes,
		    "more than %d paths: %" PRIu64 " values of others\n",
		    PATHS_MOST, f->more);
	return 0;
}

static void
save(const void *acc, struct ev_buf *out)
{
	const struct fields *f = acc;
	size_t i;

	ev_buf_addf(out, "{\"more\":%" PRIu64 "}\n", f->more);
	for (i = 0; i < f->n; i++) {
		ev_buf_adds(out, "{\"path\":");
		ev_quote(out, ev_slice_of(f->path[i].name));
		ev_buf_adds(out, ",\"kinds\":");
		put_kinds(&f->path[i], out);
		ev_buf_adds(out, ",\"examples\":");
		put_examples(&f->path[i], out);
		ev_buf_adds(out, "}\n");
	}
}

static bool
number_of(const struct ev_val *object, const char *name, uint64_t *out)
{
	struct ev_val val = ev_member_of(object, name);
	int64_t n = 0;

	if (val.kind != EV_NONE &&
	    (val.kind != EV_NUMBER || !ev_num_int(ev_val_slice(&val), &n) ||
		n < 0))
		return false;
	*out = (uint64_t)n;
	return true;
}

static int
load(void *acc, const struct ev_val *line, struct ev_err *err)
{
	struct fields *f = acc;
	struct ev_val name = ev_member_of(line, "path"), examples, val;
	struct ev_val kinds = ev_member_of(line, "kinds");
	struct ev_walk walk;
	struct path *path;
	uint64_t n;
	size_t i;

	if (!number_of(line, "more", &n))
		return ev_fail(err, "a count is none");
	f->more += n;
	if (name.kind == EV_NONE)
		return 0;
	ev_buf_reset(&f->name);
	ev_unquote(&f->name, &name);
	path = path_at(f, ev_buf_slice(&f->name));
	for (i = 1; i < KINDS; i++) {
		if (!number_of(&kinds, kind_name[i], &n))
			return ev_fail(err, "a count is none");
		if (path != NULL)
			path->kind[i] += n;
		else
			f->more += n;
	}
	examples = ev_member_of(line, "examples");
	ev_walk_begin(&walk, &examples);
	while (path != NULL && ev_walk_next(&walk, NULL, &val))
		show(path, &val);
	return 0;
}

const struct ev_report ev_report_fields = { "fields",
	"every path: its values, their kinds, examples", open_plan, free, start,
	event, merge, free_acc, finish, save, load, NULL };
