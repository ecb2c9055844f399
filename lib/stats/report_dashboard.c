/* The report dashboard: GOVERN's Build Activity panel. */
#include <stdlib.h>

#include "base/mem.h"
#include "json/member.h"
#include "json/number.h"
#include "stats/reports.h"

static const struct ev_report *const panels[] = { &ev_report_velocity,
	&ev_report_quality, &ev_report_archetypes, &ev_report_skills,
	&ev_report_newest };
#define PANELS (sizeof(panels) / sizeof(panels[0]))

/* The plans of the panels, or their accumulators. */
struct board {
	void *of[PANELS];
	/* of the plan: what the panels are told; nothing is asked of them */
	struct ev_report_scope scope;
	struct ev_ask ask;
};

static void
close_panels(void *arg)
{
	struct board *plan = arg;
	size_t i;

	for (i = 0; plan != NULL && i < PANELS; i++)
		panels[i]->close(plan->of[i]);
	free(plan);
}

static void *
open_panels(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	struct board *plan;
	size_t i;

	if (scope->ask->versus || scope->ask->sort != NULL ||
	    scope->ask->top > 0) {
		ev_fail(
		    err, "--sort, --top and --vs do not go with the dashboard");
		return NULL;
	}
	plan = ev_calloc(1, sizeof(*plan));
	plan->scope = *scope;
	plan->scope.ask = &plan->ask;
	for (i = 0; i < PANELS; i++) {
		plan->of[i] = panels[i]->open(&plan->scope, model, err);
		if (plan->of[i] == NULL) {
			close_panels(plan);
			return NULL;
		}
	}
	return plan;
}

static void *
start(const void *arg)
{
	const struct board *plan = arg;
	struct board *board = ev_calloc(1, sizeof(*board));
	size_t i;

	for (i = 0; i < PANELS; i++)
		board->of[i] = panels[i]->start(plan->of[i]);
	return board;
}

static void
event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct board *board = arg;
	size_t i;

	for (i = 0; i < PANELS; i++)
		panels[i]->event(board->of[i], ev, at);
}

static void
merge(void *into, void *from)
{
	struct board *a = into, *b = from;
	size_t i;

	for (i = 0; i < PANELS; i++)
		panels[i]->merge(a->of[i], b->of[i]);
}

static void
free_panels(void *arg)
{
	struct board *board = arg;
	size_t i;

	for (i = 0; board != NULL && i < PANELS; i++)
		panels[i]->free(board->of[i]);
	free(board);
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct board *board = arg;
	struct ev_grid *panel;
	size_t i;

	for (i = 0; i < PANELS; i++) {
		panel = ev_grid_panel(grid, panels[i]->name);
		if (panels[i]->finish(board->of[i], panel, err) != 0)
			return -1;
	}
	return 0;
}

/* {"panel":0,"part":{…}} for each line of each panel. */
static void
save(const void *arg, struct ev_buf *out)
{
	const struct board *board = arg;
	struct ev_buf lines = EV_BUF_INIT;
	const char *p, *end;
	size_t i;

	for (i = 0; i < PANELS; i++) {
		ev_buf_reset(&lines);
		panels[i]->save(board->of[i], &lines);
		for (p = lines.p; p != NULL && p < lines.p + lines.n;
		     p = end + 1) {
			end = memchr(p, '\n', (size_t)(lines.p + lines.n - p));
			ev_buf_addf(out, "{\"panel\":%zu,\"part\":", i);
			ev_buf_add(out, p, (size_t)(end - p));
			ev_buf_adds(out, "}\n");
		}
	}
	ev_buf_clear(&lines);
}

static int
load(void *arg, const struct ev_val *line, struct ev_err *err)
{
	struct board *board = arg;
	struct ev_val panel = ev_member_of(line, "panel");
	struct ev_val part = ev_member_of(line, "part");
	int64_t i;

	if (panel.kind != EV_NUMBER || part.kind != EV_OBJECT ||
	    !ev_num_int(ev_val_slice(&panel), &i) || i < 0 ||
	    i >= (int64_t)PANELS)
		return ev_fail(err, "not a part of a report");
	return panels[i]->load(board->of[i], &part, err);
}

const struct ev_report ev_report_dashboard = { "dashboard",
	"velocity, quality, archetypes, skills, newest events (GOVERN)",
	open_panels, close_panels, start, event, merge, free_panels, finish,
	save, load, NULL };
