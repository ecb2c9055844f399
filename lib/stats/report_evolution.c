/* The report evolution: GOVERN's skill evolution engine. */
#include "json/number.h"
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"

/* An event while its archetypes and skills are gone through. */
struct pairing {
	struct ev_ledger *ledger;
	struct ev_event *ev;
	uint64_t halves; /* the weight of an exercise, in halves */
	struct ev_slice skill;
	struct ev_buf text, other;
};

static void *
open_evolution(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_ARCHETYPE);
	ev_model_want(model, EV_SKILL);
	ev_model_want(model, EV_QUALITY);
	return ev_ledger_open(scope, NULL, err);
}

/* "Quality 1.0 = 1.5x exercise weight, 0.5-1.0 = 1.0x, < 0.5 = 0.5x". */
static uint64_t
halves_of(const struct ev_val *quality)
{
	double q;

	if (quality->kind != EV_NUMBER)
		return 2;
	q = ev_num_double(ev_val_slice(quality));
	return q >= 1 ? 3 : q >= 0.5 ? 2 : 1;
}

/* "Level 1 -> 2: 10, 2 -> 3: 50, 3 -> 4: 200, 4 -> 5: 1000". */
static uint64_t
level_of(uint64_t halves)
{
	static const uint64_t threshold[] = { 10, 50, 200, 1000 };
	size_t i;

	for (i = 0; i < sizeof(threshold) / sizeof(threshold[0]); i++)
		if (halves < threshold[i] * 2)
			break;
	return i + 1;
}

static int
add_exercise(void *arg, const struct ev_val *val)
{
	struct pairing *pairing = arg;
	struct ev_slice key[2] = { ev_val_text(val, &pairing->other),
		pairing->skill };
	struct ev_bin *bin = ev_bins_at(&pairing->ledger->table[0], key, 2);

	bin->count[0]++;
	bin->count[1] += pairing->halves;
	return 0;
}

static int
add_skill(void *arg, const struct ev_val *val)
{
	struct pairing *pairing = arg;

	pairing->skill = ev_val_text(val, &pairing->text);
	ev_event_each(pairing->ev, EV_ARCHETYPE, add_exercise, pairing);
	return 0;
}

static void
event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct pairing pairing = { .ledger = arg, .ev = ev };
	struct ev_val quality = ev_event_role(ev, EV_QUALITY);

	(void)at;
	pairing.halves = halves_of(&quality);
	ev_event_each(ev, EV_SKILL, add_skill, &pairing);
	ev_buf_clear(&pairing.text);
	ev_buf_clear(&pairing.other);
}

static int
by_experience(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = (a->count[1] < b->count[1]) - (a->count[1] > b->count[1]);

	if (diff == 0)
		diff = ev_bin_cmp(a, b, 0);
	return diff != 0 ? diff : ev_bin_cmp(a, b, 1);
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins =
	    ev_ledger_sort(ledger, by_experience, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_grid_group(grid, "archetype", EV_GRID_TEXT);
	ev_grid_group(grid, "skill", EV_GRID_TEXT);
	ev_grid_column(grid, "exercises", EV_GRID_COUNT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "experience", EV_GRID_NUMBER), -1);
	ev_grid_column(grid, "level", EV_GRID_COUNT);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_raw(grid, ev_bin_part(bin, 1));
		ev_grid_count(grid, bin->count[0]);
		ev_grid_number(grid, (double)bin->count[1] / 2);
		ev_grid_count(grid, level_of(bin->count[1]));
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_evolution = { "evolution",
	"experience and level per archetype and skill (GOVERN)", open_evolution,
	.event = event, .finish = finish, EV_REPORT_LEDGER };
