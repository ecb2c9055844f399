/* The reports evolution and convergence: GOVERN's two engines. */
#include "json/double.h"
#include "json/number.h"
#include "json/quote.h"
#include "stats/alignment.h"
#include "stats/ledger.h"
#include "stats/reports.h"

/* An event while its archetypes and skills are gone through. */
struct pairing {
	struct ev_ledger *ledger;
	struct ev_event *ev;
	uint64_t halves; /* the weight of an exercise, in halves */
	struct ev_slice skill;
	bool hit; /* an archetype has the skill */
	uint64_t skills, hits, archetypes;
	struct ev_buf text, other;
};

static void
pairing_clear(struct pairing *pairing)
{
	ev_buf_clear(&pairing->text);
	ev_buf_clear(&pairing->other);
}

static void *
evolution_open(const struct ev_report_scope *scope, struct ev_model *model,
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
evolution_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct pairing pairing = { .ledger = arg, .ev = ev };
	struct ev_val quality = ev_event_role(ev, EV_QUALITY);

	(void)at;
	pairing.halves = halves_of(&quality);
	ev_event_each(ev, EV_SKILL, add_skill, &pairing);
	pairing_clear(&pairing);
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
evolution_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
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

enum { TYPECHECK, TESTS, ALIGNMENT };

static void *
convergence_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	static const enum ev_role roles[] = { EV_ID, EV_TYPE, EV_TIME,
		EV_SESSION, EV_QUALITY, EV_ARCHETYPE, EV_SKILL };
	struct ev_study *study = ev_ledger_open(scope, NULL, err);
	size_t i;

	if (study == NULL)
		return NULL;
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		ev_model_want(model, roles[i]);
	ev_ledger_field(study, TYPECHECK, model, "metadata.typecheckPassed");
	ev_ledger_field(study, TESTS, model, "metadata.testsPassed");
	ev_ledger_field(study, ALIGNMENT, model, "metadata.archetypeAlignment");
	return study;
}

/* The table of archetypes and skills stands beside the log. */
static int
convergence_settle(void *arg, struct ev_err *err)
{
	struct ev_study *study = arg;

	study->alignment = ev_alignment_new(study->scope->place, err);
	return study->alignment == NULL ? -1 : 0;
}

static int
match_archetype(void *arg, const struct ev_val *val)
{
	struct pairing *pairing = arg;

	pairing->archetypes++;
	pairing->hit |= ev_alignment_has(pairing->ledger->study->alignment,
	    ev_val_text(val, &pairing->other), pairing->skill);
	return 0;
}

static int
match_skill(void *arg, const struct ev_val *val)
{
	struct pairing *pairing = arg;

	pairing->skill = ev_val_text(val, &pairing->text);
	pairing->hit = false;
	ev_event_each(pairing->ev, EV_ARCHETYPE, match_archetype, pairing);
	pairing->skills++;
	pairing->hits += pairing->hit;
	return 0;
}

/* As the event says it, else the share of its skills that belong to one of
 * its archetypes. */
static double
alignment_of(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val given = ev_ledger_value(ledger, ALIGNMENT, ev);
	struct pairing pairing = { .ledger = ledger, .ev = ev };
	double number;

	if (given.kind == EV_NUMBER) {
		number = ev_num_double(ev_val_slice(&given));
		if (number >= 0 && number <= 1)
			return number;
	}
	ev_event_each(ev, EV_SKILL, match_skill, &pairing);
	pairing_clear(&pairing);
	return pairing.skills == 0 ?
	    0 :
	    (double)pairing.hits / (double)pairing.skills;
}

/* quality x 0.3 + (typecheckPassed ? 0.2 : 0) + (testsPassed ? 0.3 : 0) +
 * archetypeAlignment x 0.2, from left to right. */
static double
contribution(struct ev_ledger *ledger, struct ev_event *ev)
{
	struct ev_val val = ev_event_role(ev, EV_QUALITY);
	double sum = 0;

	if (val.kind == EV_NUMBER)
		sum = ev_num_double(ev_val_slice(&val)) * 0.3;
	val = ev_ledger_value(ledger, TYPECHECK, ev);
	sum += val.kind == EV_TRUE ? 0.2 : 0;
	val = ev_ledger_value(ledger, TESTS, ev);
	sum += val.kind == EV_TRUE ? 0.3 : 0;
	return sum + alignment_of(ledger, ev) * 0.2;
}

static void
convergence_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_val type = ev_event_role(ev, EV_TYPE);
	struct ev_slice session;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_bin *bin;

	(void)at;
	if (!ev_val_is(&type, "commit") && !ev_val_is(&type, "deploy"))
		return;
	ev_double_print(&text, contribution(ledger, ev));
	session = ev_ledger_key(ev, EV_SESSION);
	if (session.n == 0)
		session = EV_SLICE("-");
	bin = ev_bins_at(&ledger->table[0], &session, 1);
	bin->count[0]++;
	if (text.p[0] != 'n') {
		ev_sum_add(&bin->sum[0], ev_buf_slice(&text));
		ev_mark_last(&bin->mark, ev, ev_buf_slice(&text));
	}
	ev_buf_clear(&text);
}

static int
by_events(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff = (a->count[0] < b->count[0]) - (a->count[0] > b->count[0]);

	return diff != 0 ? diff : ev_bin_cmp(a, b, 0);
}

/* How far the last contribution is above the mean. */
static void
put_trend(const struct ev_bin *bin, struct ev_grid *grid)
{
	struct ev_buf mean = EV_BUF_INIT;

	ev_sum_mean(&bin->sum[0], &mean);
	if (bin->mark.set)
		ev_grid_number(grid,
		    ev_num_double(ev_buf_slice(&bin->mark.text)) -
			ev_num_double(ev_buf_slice(&mean)));
	else
		ev_grid_null(grid);
	ev_buf_clear(&mean);
}

static int
convergence_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_events, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_grid_group(grid, "session", EV_GRID_TEXT);
	ev_grid_column(grid, "events", EV_GRID_COUNT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "mean", EV_GRID_NUMBER), -1);
	ev_grid_column(grid, "last", EV_GRID_NUMBER);
	ev_grid_column(grid, "trend", EV_GRID_NUMBER);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_count(grid, bin->count[0]);
		ev_ledger_put_mean(grid, &bin->sum[0]);
		ev_grid_raw(grid, ev_buf_slice(&bin->mark.text));
		put_trend(bin, grid);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_evolution = { "evolution",
	"experience and level per archetype and skill (GOVERN)", evolution_open,
	.event = evolution_event, .finish = evolution_finish,
	EV_REPORT_LEDGER };
const struct ev_report ev_report_convergence = { "convergence",
	"contribution of commits and deploys per session (GOVERN)",
	convergence_open, .event = convergence_event,
	.finish = convergence_finish, EV_REPORT_LEDGER,
	.settle = convergence_settle };
