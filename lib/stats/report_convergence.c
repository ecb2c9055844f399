/* The report convergence: GOVERN's convergence score. */
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
	struct ev_slice skill;
	bool hit; /* an archetype has the skill */
	uint64_t skills, hits;
	struct ev_buf text, other;
};

enum { TYPECHECK, TESTS, ALIGNMENT };

static void *
open_convergence(const struct ev_report_scope *scope, struct ev_model *model,
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
settle(void *arg, struct ev_err *err)
{
	struct ev_study *study = arg;

	study->alignment = ev_alignment_new(study->scope->place, err);
	return study->alignment == NULL ? -1 : 0;
}

static int
match_archetype(void *arg, const struct ev_val *val)
{
	struct pairing *pairing = arg;

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
	ev_buf_clear(&pairing.text);
	ev_buf_clear(&pairing.other);
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
event(void *arg, struct ev_event *ev, uint64_t at)
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

/* Parts that were saved may have been changed by hand. */
static bool
has_last(const struct ev_bin *bin)
{
	return bin->mark.set && ev_num_valid(ev_buf_slice(&bin->mark.text));
}

/* How far the last contribution is above the mean. */
static void
put_trend(const struct ev_bin *bin, struct ev_grid *grid)
{
	struct ev_buf mean = EV_BUF_INIT;

	ev_sum_mean(&bin->sum[0], &mean);
	if (has_last(bin))
		ev_grid_number(grid,
		    ev_num_double(ev_buf_slice(&bin->mark.text)) -
			ev_num_double(ev_buf_slice(&mean)));
	else
		ev_grid_null(grid);
	ev_buf_clear(&mean);
}

static int
finish(void *arg, struct ev_grid *grid, struct ev_err *err)
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
		if (has_last(bin))
			ev_grid_raw(grid, ev_buf_slice(&bin->mark.text));
		else
			ev_grid_null(grid);
		put_trend(bin, grid);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_convergence = { "convergence",
	"contribution of commits and deploys per session (GOVERN)",
	open_convergence, .event = event, .finish = finish, EV_REPORT_LEDGER,
	.settle = settle };
