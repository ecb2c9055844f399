/* The newest events, a panel of the dashboard. */
#include <stdlib.h>

#include "base/mem.h"
#include "json/member.h"
#include "json/quote.h"
#include "json/walk.h"
#include "out/column.h"
#include "stats/ledger.h"
#include "stats/reports.h"
#include "text/time.h"

#define MOST 10

/* The columns, roles in this order behind the time. */
static const enum ev_role roles[] = { EV_TYPE, EV_ACTOR, EV_ENTITY,
	EV_MESSAGE };
#define ROLES (sizeof(roles) / sizeof(roles[0]))

/* A mark's text is what the row says, the cells of the roles with commas. */
struct newest {
	struct ev_mark mark[MOST]; /* the newest first */
	size_t count;
};

static void *
open_newest(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	size_t i;

	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TIME);
	for (i = 0; i < ROLES; i++)
		ev_model_want(model, roles[i]);
	return ev_ledger_open(scope, NULL, err);
}

static void *
start(const void *plan)
{
	(void)plan;
	return ev_calloc(1, sizeof(struct newest));
}

/* Keeps the mark when it is among the newest; what falls out is cleared. */
static void
insert(struct newest *newest, struct ev_mark *mark)
{
	size_t i;

	if (newest->count == MOST &&
	    ev_mark_cmp(mark, &newest->mark[MOST - 1]) <= 0) {
		ev_mark_clear(mark);
		return;
	}
	if (newest->count == MOST)
		ev_mark_clear(&newest->mark[--newest->count]);
	for (i = newest->count++;
	     i > 0 && ev_mark_cmp(mark, &newest->mark[i - 1]) > 0; i--)
		newest->mark[i] = newest->mark[i - 1];
	newest->mark[i] = *mark;
	*mark = (struct ev_mark){ 0 };
}

static void
event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct newest *newest = arg;
	struct ev_mark mark = { 0 };
	struct ev_buf row = EV_BUF_INIT;
	struct timespec time;
	struct ev_slice key;
	size_t i;

	(void)at;
	if (!ev_event_time(ev, &time) ||
	    (newest->count == MOST &&
		ev_time_cmp(time, newest->mark[MOST - 1].time) < 0))
		return;
	for (i = 0; i < ROLES; i++) {
		key = ev_ledger_key(ev, roles[i]);
		if (i > 0)
			ev_buf_addc(&row, ',');
		if (key.p == NULL)
			ev_buf_adds(&row, "null");
		else
			ev_quote(&row, key);
	}
	ev_mark_last(&mark, ev, ev_buf_slice(&row));
	insert(newest, &mark);
	ev_buf_clear(&row);
}

static void
merge(void *into, void *arg)
{
	struct newest *from = arg;

	while (from->count > 0)
		insert(into, &from->mark[--from->count]);
}

static void
clear(void *arg)
{
	struct newest *newest = arg;

	while (newest != NULL && newest->count > 0)
		ev_mark_clear(&newest->mark[--newest->count]);
	free(newest);
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	const struct newest *newest = arg;
	struct ev_bin row = { 0 };
	size_t i, k;

	(void)err;
	ev_grid_group(grid, "time", EV_GRID_TIME);
	for (k = 0; k < ROLES; k++)
		ev_grid_group(grid, ev_role_name(roles[k]), EV_GRID_TEXT);
	grid->chart = EV_GRID_NONE;
	for (i = 0; i < newest->count; i++) {
		ev_grid_time(grid, newest->mark[i].time);
		row.key = newest->mark[i].text.p;
		row.n = newest->mark[i].text.n;
		for (k = 0; k < ROLES; k++)
			ev_grid_raw(grid, ev_bin_part(&row, k));
	}
	return 0;
}

static void
save(const void *arg, struct ev_buf *out)
{
	const struct newest *newest = arg;
	size_t i;

	for (i = 0; i < newest->count; i++) {
		ev_buf_adds(out, "{\"newest\":");
		ev_mark_save(&newest->mark[i], out);
		ev_buf_adds(out, "}\n");
	}
}

/* Is the text cells, as many as there are roles? */
static bool
is_row(const struct ev_buf *text)
{
	struct ev_buf array = EV_BUF_INIT;
	struct ev_val val, cell;
	struct ev_walk walk;
	size_t n = 0;
	bool sound;

	ev_buf_addc(&array, '[');
	ev_buf_addslice(&array, ev_buf_slice(text));
	ev_buf_addc(&array, ']');
	ev_buf_reserve(&array, EV_SCAN_PAD);
	memset(array.p + array.n, 0, EV_SCAN_PAD);
	sound = ev_scan_value(array.p, array.n, &val, NULL) == EV_SCAN_OK;
	if (sound)
		for (ev_walk_begin(&walk, &val);
		     ev_walk_next(&walk, NULL, &cell); n++)
			sound &= cell.kind == EV_STRING || cell.kind == EV_NULL;
	ev_buf_clear(&array);
	return sound && n == ROLES;
}

static int
load(void *arg, const struct ev_val *line, struct ev_err *err)
{
	struct ev_val val = ev_member_of(line, "newest");
	struct ev_mark mark = { 0 };

	if (val.kind == EV_OBJECT && ev_mark_load(&mark, &val) == 0 &&
	    mark.timed && is_row(&mark.text)) {
		insert(arg, &mark);
		return 0;
	}
	ev_mark_clear(&mark);
	return ev_fail(err, "not a part of a report");
}

const struct ev_report ev_report_newest = { "newest", "the newest events",
	open_newest, ev_ledger_close, start, event, merge, clear, finish, save,
	load, NULL };
