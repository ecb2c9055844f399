#include "stats/ledger.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "grid/sort.h"
#include "json/member.h"
#include "json/number.h"
#include "stats/alignment.h"
#include "text/time.h"

struct ev_study *
ev_ledger_open(
    const struct ev_report_scope *scope, const char *window, struct ev_err *err)
{
	struct ev_study *study;

	if (scope->ask->versus) {
		ev_fail(err, "--vs does not go with this report");
		return NULL;
	}
	study = ev_calloc(1, sizeof(*study));
	study->scope = scope;
	study->zone = ev_zone_of(scope->utc);
	study->window.given = true;
	if (window != NULL)
		ev_window_set(&study->window, window, scope);
	return study;
}

void
ev_ledger_field(
    struct ev_study *study, size_t i, struct ev_model *model, const char *text)
{
	struct ev_path path = EV_PATH_INIT;
	struct ev_err err;

	if (ev_path_parse(&path, ev_slice_of(text), &err) == 0)
		study->field[i] = ev_model_path(model, &path);
	ev_path_clear(&path);
}

void
ev_ledger_close(void *arg)
{
	struct ev_study *study = arg;

	if (study != NULL)
		ev_alignment_free(study->alignment);
	free(study);
}

void *
ev_ledger_start(const void *study)
{
	struct ev_ledger *ledger = ev_calloc(1, sizeof(*ledger));
	size_t i;

	ledger->study = study;
	for (i = 0; i < EV_LEDGER_TABLES; i++)
		ev_bins_init(&ledger->table[i]);
	return ledger;
}

void
ev_ledger_merge(void *into, void *from)
{
	struct ev_ledger *a = into, *b = from;
	size_t i;

	for (i = 0; i < EV_LEDGER_TABLES; i++)
		ev_bins_merge(&a->table[i], &b->table[i]);
}

void
ev_ledger_free(void *arg)
{
	struct ev_ledger *ledger = arg;
	size_t i;

	if (ledger == NULL)
		return;
	for (i = 0; i < EV_LEDGER_TABLES; i++)
		ev_bins_clear(&ledger->table[i]);
	free(ledger);
}

void
ev_ledger_save(const void *arg, struct ev_buf *out)
{
	const struct ev_ledger *ledger = arg;
	size_t i, k;

	for (i = 0; i < EV_LEDGER_TABLES; i++)
		for (k = 0; k < ledger->table[i].count; k++) {
			ev_buf_addf(out, "{\"table\":%zu,", i);
			ev_bin_save(&ledger->table[i].bin[k], out);
			ev_buf_adds(out, "}\n");
		}
}

int
ev_ledger_load(void *arg, const struct ev_val *line, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	struct ev_val table = ev_member_of(line, "table");
	int64_t i;

	if (table.kind != EV_NUMBER || !ev_num_int(ev_val_slice(&table), &i) ||
	    i < 0 || i >= EV_LEDGER_TABLES)
		return ev_fail(err, "not a part of a report");
	return ev_bins_load(&ledger->table[i], line, err);
}

const struct ev_bins *
ev_ledger_sort(struct ev_ledger *ledger,
    int (*cmp)(const void *a, const void *b), struct ev_grid *grid)
{
	struct ev_bins *bins = &ledger->table[0];

	ev_bins_sort(bins, cmp);
	ev_window_tell(&ledger->study->window, grid);
	if (bins->full)
		ev_buf_addf(&grid->notes,
		    "over %u names: the others count as (other)\n",
		    EV_BINS_MOST);
	return bins;
}

int
ev_ledger_end(const struct ev_ledger *ledger, size_t most, struct ev_grid *grid,
    struct ev_err *err)
{
	const struct ev_ask *ask = ledger->study->scope->ask;

	if (ask->sort != NULL && ev_grid_sort(grid, ask->sort, err) == -1)
		return -1;
	if (ask->top > 0)
		most = (size_t)ask->top;
	if (most > 0 && most < grid->rows)
		grid->rows = most;
	return 0;
}

bool
ev_ledger_time(
    const struct ev_ledger *ledger, struct ev_event *ev, struct timespec *time)
{
	return ev_event_time(ev, time) &&
	    ev_window_has(&ledger->study->window, *time);
}

static int
keep(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 1;
}

struct ev_val
ev_ledger_value(const struct ev_ledger *ledger, size_t i, struct ev_event *ev)
{
	struct ev_val val = { 0 };

	ev_event_field(ev, ledger->study->field[i], keep, &val);
	return val;
}

struct ev_slice
ev_ledger_key(struct ev_event *ev, enum ev_role role)
{
	struct ev_slice text = ev_event_text(ev, role);

	if (ev_event_role(ev, role).kind == EV_NONE)
		text.p = NULL;
	else if (text.p == NULL)
		text.p = "";
	return text;
}

void
ev_ledger_put_time(struct ev_grid *grid, bool has, struct timespec time)
{
	if (has)
		ev_grid_time(grid, time);
	else
		ev_grid_null(grid);
}

void
ev_ledger_put_mean(struct ev_grid *grid, const struct ev_sum *sum)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_sum_mean(sum, &text);
	ev_grid_raw(grid, ev_buf_slice(&text));
	ev_buf_clear(&text);
}

void
ev_ledger_put_ratio(struct ev_grid *grid, uint64_t part, uint64_t whole)
{
	if (whole == 0)
		ev_grid_null(grid);
	else
		ev_grid_number(grid, (double)part / (double)whole);
}

void
ev_ledger_put_idle(
    struct ev_grid *grid, const struct ev_bin *bin, struct timespec now)
{
	int64_t idle = ev_time_ms(now) - ev_time_ms(bin->last);

	if (bin->timed)
		ev_grid_count(grid, idle > 0 ? (uint64_t)(idle / 1000) : 0);
	else
		ev_grid_null(grid);
}
