/* The reports sessions and actors: who did something, and when. */
#include "base/clock.h"
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"

static void *
sessions_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_SESSION);
	return ev_ledger_open(scope, NULL, err);
}

/* Table 1 has the pairs of session and type. */
static void
sessions_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_slice key[2] = { ev_event_text(ev, EV_SESSION) };
	struct timespec time;
	struct ev_bin *bin;

	(void)at;
	if (key[0].n == 0)
		return;
	bin = ev_bins_at(&ledger->table[0], key, 1);
	bin->count[0]++;
	if (ev_event_time(ev, &time))
		ev_bin_time(bin, time);
	key[1] = ev_event_text(ev, EV_TYPE);
	if (key[1].n > 0)
		ev_bins_at(&ledger->table[1], key, 2);
}

static int
by_newest(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = b->timed - a->timed;

	if (diff == 0 && a->timed)
		diff = ev_time_cmp(b->last, a->last);
	return diff != 0 ? diff : ev_bin_cmp(a, b, 0);
}

static int
by_pair(const void *pa, const void *pb)
{
	int diff = ev_bin_cmp(pa, pb, 0);

	return diff != 0 ? diff : ev_bin_cmp(pa, pb, 1);
}

/* The types of a session, from the pairs in order. */
static void
put_types(const struct ev_bins *pairs, const struct ev_bin *session,
    struct ev_grid *grid)
{
	struct ev_buf list = EV_BUF_INIT;
	size_t low = 0, high = pairs->count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (ev_bin_cmp(&pairs->bin[mid], session, 0) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	ev_buf_addc(&list, '[');
	for (; low < pairs->count &&
	     ev_bin_cmp(&pairs->bin[low], session, 0) == 0;
	     low++) {
		if (list.n > 1)
			ev_buf_addc(&list, ',');
		ev_buf_addslice(&list, ev_bin_part(&pairs->bin[low], 1));
	}
	ev_buf_addc(&list, ']');
	ev_grid_raw(grid, ev_buf_slice(&list));
	ev_buf_clear(&list);
}

static int
sessions_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_newest, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_bins_sort(&ledger->table[1], by_pair);
	ev_grid_group(grid, "session", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "events", EV_GRID_COUNT), -1);
	ev_grid_column(grid, "first", EV_GRID_TIME);
	ev_grid_column(grid, "last", EV_GRID_TIME);
	ev_grid_column(grid, "types", EV_GRID_JSON);
	ev_grid_column(grid, "idle", EV_GRID_DURATION);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_count(grid, bin->count[0]);
		ev_ledger_put_time(grid, bin->timed, bin->first);
		ev_ledger_put_time(grid, bin->timed, bin->last);
		put_types(&ledger->table[1], bin, grid);
		ev_ledger_put_idle(grid, bin, ledger->study->scope->now);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

static void *
actors_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_ID);
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_ACTOR);
	return ev_ledger_open(scope, NULL, err);
}

static void
actors_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_slice actor = ev_event_text(ev, EV_ACTOR);
	struct timespec time;
	struct ev_bin *bin;

	(void)at;
	if (actor.n == 0)
		return;
	bin = ev_bins_at(&ledger->table[0], &actor, 1);
	bin->count[0]++;
	if (!ev_event_time(ev, &time))
		return;
	ev_bin_time(bin, time);
	ev_mark_last(&bin->mark, ev, ev_event_text(ev, EV_TYPE));
}

static int
by_events(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = (a->count[0] < b->count[0]) - (a->count[0] > b->count[0]);

	return diff != 0 ? diff : ev_bin_cmp(a, b, 0);
}

static int
actors_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_events, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_grid_group(grid, "actor", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "events", EV_GRID_COUNT), -1);
	ev_grid_column(grid, "first", EV_GRID_TIME);
	ev_grid_column(grid, "last", EV_GRID_TIME);
	ev_grid_column(grid, "last_type", EV_GRID_TEXT);
	ev_grid_column(grid, "idle", EV_GRID_DURATION);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_count(grid, bin->count[0]);
		ev_ledger_put_time(grid, bin->timed, bin->first);
		ev_ledger_put_time(grid, bin->timed, bin->last);
		if (bin->mark.set)
			ev_grid_text(grid, ev_buf_slice(&bin->mark.text));
		else
			ev_grid_null(grid);
		ev_ledger_put_idle(grid, bin, ledger->study->scope->now);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_sessions = { "sessions",
	"sessions, the newest first: span, events, types, idle time",
	sessions_open, .event = sessions_event, .finish = sessions_finish,
	EV_REPORT_LEDGER };
const struct ev_report ev_report_actors = { "actors",
	"actors: span, events, last type, idle time", actors_open,
	.event = actors_event, .finish = actors_finish, EV_REPORT_LEDGER };
