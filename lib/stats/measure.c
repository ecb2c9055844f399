#include "stats/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct cell {
	const struct ev_measure *measure;
	const struct ev_tallied *group;
	union ev_acc *acc; /* its collector's */
	struct ev_grid *grid;
	struct ev_buf *scratch;
};

static void
put_double(const struct cell *c, double number)
{
	if (isfinite(number))
		ev_grid_number(c->grid, number);
	else
		ev_grid_null(c->grid);
}

static void
put_count(const struct cell *c)
{
	ev_grid_count(c->grid, c->group->count);
}

static void
put_share(const struct cell *c)
{
	put_double(c, (double)c->group->count / (double)c->group->total);
}

static void
put_rate(const struct cell *c)
{
	put_double(c, (double)c->group->count / c->group->hours);
}

static void
put_sum(const struct cell *c)
{
	ev_sum_print(&c->acc->sum, c->scratch);
	ev_grid_raw(c->grid, ev_buf_slice(c->scratch));
}

static void
put_mean(const struct cell *c)
{
	ev_sum_mean(&c->acc->sum, c->scratch);
	ev_grid_raw(c->grid, ev_buf_slice(c->scratch));
}

static void
put_stddev(const struct cell *c)
{
	put_double(
	    c, c->acc->spread == NULL ? NAN : ev_spread_value(c->acc->spread));
}

static void
put_percentile(const struct cell *c)
{
	put_double(c,
	    c->acc->sketch == NULL ?
		NAN :
		ev_sketch_at(c->acc->sketch, c->measure->thousandths));
}

static void
put_distinct(const struct cell *c)
{
	ev_grid_count(c->grid,
	    c->acc->distinct == NULL ? 0 : ev_distinct_count(c->acc->distinct));
}

static void
put_best(const struct cell *c)
{
	struct ev_slice none = { NULL, 0 };

	ev_grid_raw(c->grid,
	    c->acc->best == NULL ? none : ev_buf_slice(&c->acc->best->value));
}

static void
put_earliest(const struct cell *c)
{
	if (c->acc->times.any)
		ev_grid_time(c->grid, c->acc->times.first);
	else
		ev_grid_null(c->grid);
}

static void
put_latest(const struct cell *c)
{
	if (c->acc->times.any)
		ev_grid_time(c->grid, c->acc->times.last);
	else
		ev_grid_null(c->grid);
}

#define NONE (-1)

struct ev_measure_kind {
	const char *name;
	bool field;  /* takes one */
	bool time;   /* this row is for the time */
	int collect; /* enum ev_collect; NONE: only the count */
	enum ev_grid_kind kind;
	void (*put)(const struct cell *cell);
};

/* clang-format off */
static const struct ev_measure_kind kinds[] = {
	{ "count", false, false, NONE, EV_GRID_COUNT, put_count },
	{ "share", false, false, NONE, EV_GRID_RATIO, put_share },
	{ "rate", false, false, NONE, EV_GRID_NUMBER, put_rate },
	{ "sum", true, false, EV_COLLECT_SUM, EV_GRID_NUMBER, put_sum },
	{ "mean", true, false, EV_COLLECT_SUM, EV_GRID_NUMBER, put_mean },
	{ "stddev", true, false, EV_COLLECT_SPREAD, EV_GRID_NUMBER,
	    put_stddev },
	{ "distinct", true, false, EV_COLLECT_DISTINCT, EV_GRID_COUNT,
	    put_distinct },
	{ "min", true, true, EV_COLLECT_TIMES, EV_GRID_TIME, put_earliest },
	{ "max", true, true, EV_COLLECT_TIMES, EV_GRID_TIME, put_latest },
	{ "first", true, true, EV_COLLECT_TIMES, EV_GRID_TIME, put_earliest },
	{ "last", true, true, EV_COLLECT_TIMES, EV_GRID_TIME, put_latest },
	{ "min", true, false, EV_COLLECT_MIN, EV_GRID_JSON, put_best },
	{ "max", true, false, EV_COLLECT_MAX, EV_GRID_JSON, put_best },
	{ "first", true, false, EV_COLLECT_FIRST, EV_GRID_JSON, put_best },
	{ "last", true, false, EV_COLLECT_LAST, EV_GRID_JSON, put_best },
};
/* clang-format on */

static const struct ev_measure_kind percentile = { "p", true, false,
	EV_COLLECT_SKETCH, EV_GRID_NUMBER, put_percentile };

#define KINDS \
	"count, share, rate, sum(F), mean(F), min(F), max(F), stddev(F), " \
	"pNN(F), distinct(F), first(F), last(F)"

/* p95, p99.9: as thousandths of a per cent; -1: none. */
static long
percent_of(struct ev_slice name)
{
	long value = 0;
	int places = -1;
	size_t i;

	if (name.n < 2 || name.p[0] != 'p' || name.p[1] == '.')
		return -1;
	for (i = 1; i < name.n; i++) {
		if (name.p[i] == '.' && places == -1) {
			places = 0;
			continue;
		}
		if (name.p[i] < '0' || name.p[i] > '9' || value > 100000 ||
		    places == 3)
			return -1;
		value = value * 10 + (name.p[i] - '0');
		places += places >= 0;
	}
	for (places = places < 0 ? 0 : places; places < 3; places++)
		value *= 10;
	return value <= 100000 ? value : -1;
}

static const struct ev_measure_kind *
kind_of(struct ev_slice name, bool field, bool time)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (ev_slice_is(name, kinds[i].name) &&
		    kinds[i].field == field && (!kinds[i].time || time))
			return &kinds[i];
	return field && percent_of(name) >= 0 ? &percentile : NULL;
}

/* The collector of a field, a new one where there is none; takes the field. */
static int
collector_of(
    struct ev_measures *measures, enum ev_collect what, struct ev_field *field)
{
	struct ev_collector *c;
	size_t i;

	for (i = 0; i < measures->collectors; i++) {
		c = &measures->collector[i];
		if (c->what == what &&
		    strcmp(c->field.name, field->name) == 0) {
			ev_field_clear(field);
			return (int)i;
		}
	}
	measures->collector = ev_realloc(
	    measures->collector, i + 1, sizeof(*measures->collector));
	measures->collector[i] = (struct ev_collector){ what, *field };
	measures->collectors++;
	return (int)i;
}

static void
want(struct ev_measures *measures, const struct ev_measure_kind *kind,
    struct ev_model *model)
{
	measures->rated |= kind->put == put_rate;
	if (kind->collect == EV_COLLECT_FIRST ||
	    kind->collect == EV_COLLECT_LAST) {
		measures->placed = true;
		ev_model_want(model, EV_ID);
	}
	if (measures->rated || measures->placed)
		ev_model_want(model, EV_TIME);
}

/* Parts "NAME=KIND(FIELD)"; false: it is nothing of the kind. */
static bool
part(struct ev_slice text, struct ev_slice *name, struct ev_slice *kind,
    struct ev_slice *field)
{
	const char *open = memchr(text.p, '(', text.n);
	const char *end = text.p + text.n;
	const char *stop = open != NULL ? open : end;
	const char *equals = memchr(text.p, '=', (size_t)(stop - text.p));
	const char *from = equals != NULL ? equals + 1 : text.p;

	*name = text;
	if (equals != NULL)
		name->n = (size_t)(equals - text.p);
	*kind = (struct ev_slice){ from, (size_t)(stop - from) };
	*field = (struct ev_slice){ NULL, 0 };
	if (open == NULL)
		return name->n > 0;
	*field = (struct ev_slice){ open + 1, (size_t)(end - open - 2) };
	return end[-1] == ')' && end - open > 2 && name->n > 0;
}

static int
add(struct ev_measures *measures, struct ev_slice text, struct ev_model *model,
    struct ev_err *err)
{
	struct ev_slice name, kind_name, field_name;
	struct ev_field field = { 0 };
	struct ev_measure measure = { .collector = -1 };
	bool time = false;

	if (!part(text, &name, &kind_name, &field_name))
		return ev_fail(err,
		    "--agg: '%.*s' is no measure: one of " KINDS, (int)text.n,
		    text.p);
	if (field_name.p != NULL) {
		if (ev_field_parse(&field, field_name, model, err) == -1)
			return -1;
		time = ev_field_role(&field) == EV_TIME;
	}
	measure.kind = kind_of(kind_name, field_name.p != NULL, time);
	if (measure.kind == NULL) {
		ev_field_clear(&field);
		return ev_fail(err,
		    "--agg: '%.*s' is no measure: one of " KINDS, (int)text.n,
		    text.p);
	}
	want(measures, measure.kind, model);
	if (measure.kind == &percentile)
		measure.thousandths = (uint32_t)percent_of(kind_name);
	if (field.name != NULL)
		measure.collector = collector_of(
		    measures, (enum ev_collect)measure.kind->collect, &field);
	measure.name = ev_memdup(name.p, name.n);
	measures->v =
	    ev_realloc(measures->v, measures->n + 1, sizeof(*measures->v));
	measures->v[measures->n++] = measure;
	return 0;
}

int
ev_measures_parse(struct ev_measures *measures, const char *list,
    struct ev_model *model, struct ev_err *err)
{
	struct ev_slice text;

	if (*list == '\0')
		return ev_fail(err, "--agg: no measure is named");
	while (ev_field_next(&list, &text))
		if (add(measures, text, model, err) == -1)
			return -1;
	return 0;
}

void
ev_measures_clear(struct ev_measures *measures)
{
	size_t i;

	for (i = 0; i < measures->n; i++)
		free(measures->v[i].name);
	for (i = 0; i < measures->collectors; i++)
		ev_field_clear(&measures->collector[i].field);
	free(measures->v);
	free(measures->collector);
	*measures = (struct ev_measures)EV_MEASURES_INIT;
}

void
ev_measures_columns(const struct ev_measures *measures, struct ev_grid *grid)
{
	size_t i;

	for (i = 0; i < measures->n; i++)
		ev_grid_column(
		    grid, measures->v[i].name, measures->v[i].kind->kind);
}

void
ev_measures_cells(const struct ev_measures *measures,
    const struct ev_tallied *group, struct ev_grid *grid)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct cell cell = { NULL, group, NULL, grid, &scratch };
	size_t i;

	for (i = 0; i < measures->n; i++) {
		cell.measure = &measures->v[i];
		if (cell.measure->collector >= 0)
			cell.acc = &group->acc[cell.measure->collector];
		ev_buf_reset(&scratch);
		cell.measure->kind->put(&cell);
	}
	ev_buf_clear(&scratch);
}
