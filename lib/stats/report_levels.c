/* The report levels: Brewva's levels and categories. */
#include "stats/ledger.h"
#include "stats/reports.h"

static int
by_count(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = (a->count[0] < b->count[0]) - (a->count[0] > b->count[0]);

	if (diff == 0)
		diff = ev_bin_cmp(a, b, 0);
	return diff != 0 ? diff : ev_bin_cmp(a, b, 1);
}

static void *
open_levels(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_LEVEL);
	return ev_ledger_open(scope, NULL, err);
}

static void
event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_slice key[2] = { ev_slice_of(ev_event_level(ev)),
		ev_slice_of(ev_event_category(ev)) };

	(void)at;
	ev_bins_at(&ledger->table[0], key, 2)->count[0]++;
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_count, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_grid_group(grid, "level", EV_GRID_TEXT);
	ev_grid_group(grid, "category", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "count", EV_GRID_COUNT), -1);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_raw(grid, ev_bin_part(bin, 1));
		ev_grid_count(grid, bin->count[0]);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_levels = { "levels",
	"events by level and category (Brewva)", open_levels, .event = event,
	.finish = finish, EV_REPORT_LEDGER };
