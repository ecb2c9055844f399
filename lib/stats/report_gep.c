/* The reports intents and genes, of GEP's EvolutionEvents. */
#include "json/quote.h"
#include "stats/ledger.h"
#include "stats/reports.h"

/* count[0] all, count[1] successes, count[2] those with an outcome */
enum { ALL, SUCCESSES, OUTCOMES };
/* fields of the model and sums of a bin */
enum { FILES, LINES };

static int
by_count(const void *pa, const void *pb)
{
	const struct ev_bin *a = pa, *b = pb;
	int diff =
	    (a->count[ALL] < b->count[ALL]) - (a->count[ALL] > b->count[ALL]);

	return diff != 0 ? diff : ev_bin_cmp(a, b, 0);
}

static void *
intents_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_INTENT);
	ev_model_want(model, EV_OUTCOME);
	return ev_ledger_open(scope, NULL, err);
}

static bool
is_evolution(struct ev_event *ev)
{
	struct ev_val type = ev_event_role(ev, EV_TYPE);

	return ev_val_is(&type, "EvolutionEvent");
}

static void
count(struct ev_bin *bin, struct ev_event *ev)
{
	struct ev_val outcome = ev_event_role(ev, EV_OUTCOME);

	bin->count[ALL]++;
	bin->count[OUTCOMES] += outcome.kind != EV_NONE;
	bin->count[SUCCESSES] += ev_val_is(&outcome, "success");
}

static void
intents_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct ev_ledger *ledger = arg;
	struct ev_slice intent;

	(void)at;
	if (!is_evolution(ev))
		return;
	intent = ev_ledger_key(ev, EV_INTENT);
	count(ev_bins_at(&ledger->table[0], &intent, 1), ev);
}

static int
intents_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_count, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_grid_group(grid, "intent", EV_GRID_TEXT);
	ev_grid_column(grid, "count", EV_GRID_COUNT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "success_rate", EV_GRID_RATIO), -1);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_count(grid, bin->count[ALL]);
		ev_ledger_put_ratio(
		    grid, bin->count[SUCCESSES], bin->count[OUTCOMES]);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

static void *
genes_open(const struct ev_report_scope *scope, struct ev_model *model,
    struct ev_err *err)
{
	struct ev_study *study = ev_ledger_open(scope, NULL, err);

	if (study == NULL)
		return NULL;
	ev_model_want(model, EV_TYPE);
	ev_model_want(model, EV_GENE);
	ev_model_want(model, EV_OUTCOME);
	ev_ledger_field(study, FILES, model, "blast_radius.files");
	ev_ledger_field(study, LINES, model, "blast_radius.lines");
	return study;
}

struct use {
	struct ev_ledger *ledger;
	struct ev_event *ev;
	struct ev_val size[EV_BIN_SUMS];
	struct ev_buf text;
};

static int
add_gene(void *arg, const struct ev_val *val)
{
	struct use *use = arg;
	struct ev_slice gene = ev_val_text(val, &use->text);
	struct ev_bin *bin = ev_bins_at(&use->ledger->table[0], &gene, 1);
	size_t i;

	count(bin, use->ev);
	for (i = 0; i < EV_BIN_SUMS; i++)
		if (use->size[i].kind == EV_NUMBER)
			ev_sum_add(&bin->sum[i], ev_val_slice(&use->size[i]));
	return 0;
}

static void
genes_event(void *arg, struct ev_event *ev, uint64_t at)
{
	struct use use = { .ledger = arg, .ev = ev };
	size_t i;

	(void)at;
	if (!is_evolution(ev))
		return;
	for (i = 0; i < EV_BIN_SUMS; i++)
		use.size[i] = ev_ledger_value(use.ledger, i, ev);
	ev_event_each(ev, EV_GENE, add_gene, &use);
	ev_buf_clear(&use.text);
}

static int
genes_finish(void *arg, struct ev_grid *grid, struct ev_err *err)
{
	struct ev_ledger *ledger = arg;
	const struct ev_bins *bins = ev_ledger_sort(ledger, by_count, grid);
	size_t i;
	const struct ev_bin *bin;

	ev_grid_group(grid, "gene", EV_GRID_TEXT);
	ev_grid_draw(grid, EV_GRID_BARS,
	    ev_grid_column(grid, "uses", EV_GRID_COUNT), -1);
	ev_grid_column(grid, "success_rate", EV_GRID_RATIO);
	ev_grid_column(grid, "avg_files", EV_GRID_NUMBER);
	ev_grid_column(grid, "avg_lines", EV_GRID_NUMBER);
	for (i = 0; i < bins->count; i++) {
		bin = &bins->bin[i];
		ev_grid_raw(grid, ev_bin_part(bin, 0));
		ev_grid_count(grid, bin->count[ALL]);
		ev_ledger_put_ratio(
		    grid, bin->count[SUCCESSES], bin->count[OUTCOMES]);
		ev_ledger_put_mean(grid, &bin->sum[FILES]);
		ev_ledger_put_mean(grid, &bin->sum[LINES]);
	}
	return ev_ledger_end(ledger, 0, grid, err);
}

const struct ev_report ev_report_intents = { "intents",
	"evolution events and success rate per intent (GEP)", intents_open,
	.event = intents_event, .finish = intents_finish, EV_REPORT_LEDGER };
const struct ev_report ev_report_genes = { "genes",
	"uses, success rate, mean files and lines per gene (GEP)", genes_open,
	.event = genes_event, .finish = genes_finish, EV_REPORT_LEDGER };
