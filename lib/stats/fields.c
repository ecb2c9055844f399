/* The report fields: every path that there is, of what kinds, with examples. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/quote.h"
#include "json/walk.h"
#include "stats/paths.h"
#include "stats/reports.h"

struct fields {
	struct ev_paths *paths;
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
	f->paths = ev_paths_new();
	return f;
}

static void
free_acc(void *acc)
{
	struct fields *f = acc;

	ev_paths_free(f->paths);
	ev_buf_clear(&f->name);
	free(f);
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
		ev_paths_note(f->paths, ev_buf_slice(&f->name), val);
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
	const struct fields *f = into, *more = from;

	ev_paths_merge(f->paths, more->paths);
}

static int
finish(void *acc, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_paths *paths = ((struct fields *)acc)->paths;
	struct ev_buf text = EV_BUF_INIT;
	const char *name;
	size_t i;

	(void)err;
	ev_grid_group(grid, "path", EV_GRID_TEXT);
	ev_grid_column(grid, "count", EV_GRID_COUNT);
	ev_grid_column(grid, "kinds", EV_GRID_JSON);
	ev_grid_column(grid, "examples", EV_GRID_JSON);
	ev_paths_sort(paths);
	for (i = 0; (name = ev_paths_name(paths, i)) != NULL; i++) {
		ev_grid_text(grid, ev_slice_of(name));
		ev_grid_count(grid, ev_paths_count(paths, i));
		ev_buf_reset(&text);
		ev_paths_kinds(paths, i, &text);
		ev_grid_raw(grid, ev_buf_slice(&text));
		ev_buf_reset(&text);
		ev_paths_examples(paths, i, &text);
		ev_grid_raw(grid, ev_buf_slice(&text));
	}
	ev_buf_clear(&text);
	if (ev_paths_more(paths) > 0)
		ev_buf_addf(&grid->notes,
		    "more than %d paths: %" PRIu64 " values of others\n",
		    EV_PATHS_MOST, ev_paths_more(paths));
	return 0;
}

static void
save(const void *acc, struct ev_buf *out)
{
	ev_paths_save(((const struct fields *)acc)->paths, out);
}

static int
load(void *acc, const struct ev_val *line, struct ev_err *err)
{
	return ev_paths_load(((struct fields *)acc)->paths, line, err);
}

const struct ev_report ev_report_fields = { "fields",
	"every path: its values, their kinds, examples", open_plan, free, start,
	event, merge, free_acc, finish, save, load, NULL };
