/* The report evaluation: VerMAS' rates as printed, and closed_beads. */
#include <string.h>

#include "json/number.h"
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"

#define GUPP_MS 30000

enum { TO_STATUS, RESPONSE, VERDICT, CHANGED, STATUS };

static const char *const paths[] = {
	[TO_STATUS] = "data.to_status",
	[RESPONSE] = "data.response_ms",
	[VERDICT] = "data.verdict",
	[CHANGED] = "data.changes.status",
	[STATUS] = "data.status",
};

/* The rows; count[0] of a metric's bin over count[1]. */
static const char *const metrics[] = { "completion", "gupp", "verification" };
enum { COMPLETION, GUPP, VERIFICATION, METRICS };

static void *
open_evaluation(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	struct ev_study *study = ev_ledger_open(scope, NULL, err);
	size_t i;

	if (study == NULL)
		return NULL;
	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_ENTITY);
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		ev_ledger_field(study, i, model, paths[i]);
	return study;
}

static void
count(struct ev_ledger *ledger, int metric, bool above, bool below)
{
	struct ev_slice name = ev_slice_of(metrics[metric]);
	struct ev_bin *bin = ev_bins_at(&ledger->table[0], &name, 1);

	bin->count[0] += above;
	bin->count[1] += below;
}

/* The event makes the status of its bead (the rules of ev-rules(5): the last
 * one in replay order holds). */
static void
set_status(struct ev_ledger *ledger, struct ev_event *ev, struct ev_val status)
{
	struct ev_slice bead = ev_event_text(ev, EV_ENTITY);
	bool closed = ev_val_is(&status, "closed");

	if (bead.n > 0)
		ev_mark_last(&ev_bins_at(&ledger->table[1], &bead, 1)->mark, ev,
		    closed ? EV_SLICE("closed") : EV_SLICE(""));
}

static void
created(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_slice bead = ev_event_text(ev, EV_ENTITY);

	count(ledger, COMPLETION, false, true);
	if (bead.n > 0)
		ev_bins_at(&ledger->table[1], &bead, 1)->count[0]++;
	set_status(ledger, ev, ev_ledger_value(ledger, STATUS, ev));
}

static void
updated(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val status = ev_ledger_value(ledger, CHANGED, ev);

	if (status.kind != EV_NONE)
		set_status(ledger, ev, status);
}

static void
status_changed(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val status = ev_ledger_value(ledger, TO_STATUS, ev);

	count(ledger, COMPLETION, ev_val_is(&status, "closed"), false);
	if (status.kind != EV_NONE)
		set_status(ledger, ev, status);
}

static void
hooked(struct ev_ledger *ledger, struct ev_event *ev)
{
	set_status(ledger, ev, (struct ev_val){ 0 });
}

static void
closed(struct ev_ledger *ledger, struct ev_event *ev)
{
	static const char text[] = "closed";

	set_status(ledger, ev,
	    (struct ev_val){
		.p = text, .n = sizeof(text) - 1, .kind = EV_STRING });
}

static void
gupp_check(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val ms = ev_ledger_value(ledger, RESPONSE, ev);

	count(ledger, GUPP,
	    ms.kind == EV_NUMBER && ev_num_double(ev_val_slice(&ms)) < GUPP_MS,
	    true);
}

static void
verdict(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val word = ev_ledger_value(ledger, VERDICT, ev);

	count(ledger, VERIFICATION, ev_val_is(&word, "PASS"), true);
}

static const struct {
	const char *type;
	void (*event)(struct ev_ledger *ledger, struct ev_event *ev);
} events[] = {
	{ "bead.created", created },
	{ "bead.updated", updated },
	{ "bead.status_changed", status_changed },
	{ "bead.hooked", hooked },
	{ "bead.closed", closed },
	{ "agent.gupp_check", gupp_check },
	{ "verify.verdict", verdict },
};

static void
event(void *ledger, struct ev_event *ev, uint64_t at)
{
	struct ev_val type = ev_event_role(ev, EV_TYPE);
	size_t i;

	(void)at;
	for (i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (ev_val_is(&type, events[i].type))
			events[i].event(ledger, ev);
}

static void
put_metric(
    struct ev_grid *grid, const char *name, uint64_t above, uint64_t below)
{
	ev_grid_text(grid, ev_slice_of(name));
	ev_ledger_put_ratio(grid, above, below);
	ev_grid_count(grid, above);
	ev_grid_count(grid, below);
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *beads = &ledger->table[1];
	uint64_t above = 0, below = 0;
	struct ev_slice name;
	struct ev_bin *bin;
	size_t i;

	ev_grid_group(grid, "metric", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "value", EV_GRID_RATIO), -1);
	ev_grid_column(grid, "numerator", EV_GRID_COUNT);
	ev_grid_column(grid, "denominator", EV_GRID_COUNT);
	for (i = 0; i < METRICS; i++) {
		name = ev_slice_of(metrics[i]);
		bin = ev_bins_at(&ledger->table[0], &name, 1);
		put_metric(grid, metrics[i], bin->count[0], bin->count[1]);
	}
	for (i = 0; i < beads->count; i++) {
		above += beads->bin[i].mark.text.n > 0;
		below += beads->bin[i].count[0] > 0;
	}
	put_metric(grid, "closed_beads", above, below);
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_evaluation = { "evaluation",
	"completion, gupp, verification, closed beads (VerMAS)",
	open_evaluation, .event = event, .finish = finish, EV_REPORT_LEDGER };
