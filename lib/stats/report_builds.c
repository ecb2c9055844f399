/* The reports archetypes and skills: GOVERN's queries 1 and 3. */
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"
#include "text/civil.h"
#include "text/time.h"

#define SKILLS 20    /* rows of skills, as the query's LIMIT */
#define DAYS_MOST 62 /* columns of the heat map */
#define DAY 86400

/* An event while its archetypes or skills are gone through. */
struct naming {
	struct ev_ledger *ledger;
	struct ev_slice day;
	struct timespec midnight;
	struct ev_val quality; /* EV_NUMBER, or it has none */
	struct ev_buf text;
};

static int
by_count(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = (a->count[0] < b->count[0]) - (a->count[0] > b->count[0]);

	return diff != 0 ? diff : ev_bin_cmp(a, b, 0);
}

static void *
archetypes_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_ARCHETYPE);
	ev_model_want(model, EV_QUALITY);
	return ev_ledger_open(scope, "30d", err);
}

static int
add_archetype(void *arg, const struct ev_val *val)
{
	struct naming *naming = arg;
	struct ev_slice key[2] = { ev_val_text(val, &naming->text),
		naming->day };
	struct ev_bin *bin = ev_bins_at(&naming->ledger->table[0], key, 1);

	bin->count[0]++;
	if (naming->quality.kind == EV_NUMBER)
		ev_sum_add(&bin->sum[0], ev_val_slice(&naming->quality));
	bin = ev_bins_at(&naming->ledger->table[1], key, 2);
	bin->count[0]++;
	ev_bin_time(bin, naming->midnight);
	return 0;
}

static void
archetypes_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct naming naming = { .ledger = arg };
	struct timespec time;
	char day[EV_TIME_SIZE];

	(void)at;
	if (!ev_ledger_time(naming.ledger, ev, &time))
		return;
	time.tv_sec = ev_zone_wall(naming.ledger->study->zone, time.tv_sec);
	ev_time_format_day(time, day);
	naming.day = ev_slice_of(day);
	naming.midnight.tv_sec = (time_t)ev_day_of(time.tv_sec) * DAY;
	naming.quality = ev_event_role(ev, EV_QUALITY);
	ev_event_each(ev, EV_ARCHETYPE, add_archetype, &naming);
	ev_buf_clear(&naming.text);
}

/* The columns of the heat map: all days from the first to the last, of many
 * the last ones. */
static void
put_days(struct ev_grid *heat, const struct ev_bins *cells)
{
	struct ev_bin span = { 0 };
	char text[EV_TIME_SIZE];
	struct timespec day;
	size_t i;

	for (i = 0; i < cells->count; i++) {
		ev_bin_time(&span, cells->bin[i].first);
		ev_bin_time(&span, cells->bin[i].last);
	}
	day = span.first;
	if (day.tv_sec < span.last.tv_sec - (DAYS_MOST - 1) * DAY)
		day.tv_sec = span.last.tv_sec - (DAYS_MOST - 1) * DAY;
	for (; span.timed && day.tv_sec <= span.last.tv_sec;
	     day.tv_sec += DAY) {
		ev_time_format_day(day, text);
		ev_grid_column(heat, text, EV_GRID_COUNT);
	}
}

/* Events by archetype and day, beside the table. */
static void
put_heat(struct ev_ledger *ledger, size_t rows, struct ev_grid *grid)
{
	const struct ev_bins *bins = &ledger->table[0];
	struct ev_bins *cells = &ledger->table[1];
	struct ev_grid *heat = ev_grid_aside(grid, "by day");
	struct ev_buf text = EV_BUF_INIT;
	struct ev_slice key[2];
	struct ev_bin *bin;
	size_t i, k;

	heat->chart = EV_GRID_HEAT;
	ev_grid_group(heat, "archetype", EV_GRID_TEXT);
	put_days(heat, cells);
	for (i = 0; i < rows; i++) {
		key[0] = ev_bin_text(&bins->bin[i], 0, &text);
		ev_grid_raw(heat, ev_bin_part(&bins->bin[i], 0));
		for (k = 1; k < heat->columns; k++) {
			key[1] = ev_slice_of(heat->column[k].name);
			bin = ev_bins_find(cells, key, 2);
			ev_grid_count(heat, bin == NULL ? 0 : bin->count[0]);
		}
	}
	ev_buf_clear(&text);
}

static int
archetypes_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_count, grid);
	const struct ev_bin *bin;
	size_t i, count;

	ev_grid_group(grid, "archetype", EV_GRID_TEXT);
	count = ev_grid_column(grid, "event_count", EV_GRID_COUNT);
	ev_grid_draw(grid, EV_GRID_BUBBLES, count,
	    (int)ev_grid_column(grid, "avg_quality", EV_GRID_NUMBER));
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_count(grid, bin->count[0]);
		ev_ledger_put_mean(grid, &bin->sum[0]);
	}
	if (ev_ledger_end(ledger, 0, grid, err) == -1)
		return -1;
	if (grid->rows > 0)
		put_heat(ledger, grid->rows, grid);
	return 0;
}

static void *
skills_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TIME);
	ev_model_want(model, EV_SKILL);
	return ev_ledger_open(scope, "7d", err);
}

static int
add_skill(void *arg, const struct ev_val *val)
{
	struct naming *naming = arg;
	struct ev_slice key = ev_val_text(val, &naming->text);

	ev_bins_at(&naming->ledger->table[0], &key, 1)->count[0]++;
	return 0;
}

static void
skills_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct naming naming = { .ledger = arg };
	struct timespec time;

	(void)at;
	if (ev_ledger_time(naming.ledger, ev, &time))
		ev_event_each(ev, EV_SKILL, add_skill, &naming);
	ev_buf_clear(&naming.text);
}

static int
skills_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_count, grid);
	size_t i;

	ev_grid_group(grid, "skill", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "exercises", EV_GRID_COUNT), -1);
	for (i = 0; i < bins->count; i++) {
		ev_grid_raw(grid, ev_bin_part(&bins->bin[i], 0));
		ev_grid_count(grid, bins->bin[i].count[0]);
	}
	return ev_ledger_end(ledger, SKILLS, grid, err);
}

const struct ev_report ev_report_archetypes = { "archetypes",
	"events and mean quality per archetype, 30 days (GOVERN)",
	archetypes_open, .event = archetypes_event, .finish = archetypes_finish,
	EV_REPORT_LEDGER };
const struct ev_report ev_report_skills = { "skills",
	"exercises per skill, 7 days, the top 20 (GOVERN)", skills_open,
	.event = skills_event, .finish = skills_finish, EV_REPORT_LEDGER };
