#include "stats/collect.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "json/compact.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

/* A value on its way into an accumulator. */
struct taking {
	const struct ev_collector *collector;
	union ev_acc *acc;
	struct ev_collecting *from;
};

void
ev_times_note(struct ev_times *times, struct timespec time)
{
	if (!times->any || ev_time_cmp(time, times->first) < 0)
		times->first = time;
	if (!times->any || ev_time_cmp(time, times->last) > 0)
		times->last = time;
	times->any = true;
}

void
ev_times_merge(struct ev_times *times, const struct ev_times *more)
{
	if (!more->any)
		return;
	ev_times_note(times, more->first);
	ev_times_note(times, more->last);
}

static int
take_number(void *arg, const struct ev_val *val)
{
	struct taking *t = arg;
	union ev_acc *acc = t->acc;
	struct ev_slice text;
	double number;

	if (!ev_field_number(&t->collector->field, val, &text))
		return 0;
	if (t->collector->what == EV_COLLECT_SUM) {
		ev_sum_add(&acc->sum, text);
		return 0;
	}
	number = ev_num_double(text);
	if (!isfinite(number))
		return 0;
	if (t->collector->what == EV_COLLECT_SPREAD) {
		if (acc->spread == NULL)
			acc->spread = ev_calloc(1, sizeof(*acc->spread));
		ev_spread_add(acc->spread, number);
	} else {
		if (acc->sketch == NULL)
			acc->sketch = ev_sketch_new();
		ev_sketch_add(acc->sketch, number);
	}
	return 0;
}

static int
take_distinct(void *arg, const struct ev_val *val)
{
	struct taking *t = arg;
	struct ev_slice text = ev_val_slice(val);
	char kind = val->kind == EV_STRING ? '"' : 'v';

	if (val->kind == EV_STRING) {
		text = ev_val_text(val, &t->from->text);
	} else if (val->kind == EV_OBJECT || val->kind == EV_ARRAY) {
		ev_buf_reset(&t->from->text);
		ev_compact(&t->from->text, text);
		text = ev_buf_slice(&t->from->text);
	}
	if (t->acc->distinct == NULL)
		t->acc->distinct = ev_distinct_new();
	ev_distinct_add(t->acc->distinct, kind, text);
	return 0;
}

static enum ev_best_kind
best_kind(enum ev_collect what)
{
	return (enum ev_best_kind)(what - EV_COLLECT_MIN);
}

static struct ev_best *
best_of(union ev_acc *acc)
{
	if (acc->best == NULL)
		acc->best = ev_calloc(1, sizeof(*acc->best));
	return acc->best;
}

static int
take_best(void *arg, const struct ev_val *val)
{
	struct taking *t = arg;
	enum ev_collect what = t->collector->what;
	bool placed = what == EV_COLLECT_FIRST || what == EV_COLLECT_LAST;

	ev_best_take(best_of(t->acc), best_kind(what), val,
	    placed ? &t->from->stand : NULL);
	return 0;
}

void
ev_collect(const struct ev_collector *collector, union ev_acc *acc,
    struct ev_collecting *from)
{
	struct taking taking = { collector, acc, from };
	int (*take)(void *arg, const struct ev_val *val);
	struct timespec time;

	switch (collector->what) {
	case EV_COLLECT_TIMES:
		if (ev_event_time(from->ev, &time))
			ev_times_note(&acc->times, time);
		return;
	case EV_COLLECT_SUM:
	case EV_COLLECT_SPREAD:
	case EV_COLLECT_SKETCH:
		take = take_number;
		break;
	case EV_COLLECT_DISTINCT:
		take = take_distinct;
		break;
	default:
		take = take_best;
	}
	ev_field_each(
	    &collector->field, from->ev, &from->scratch, take, &taking);
}

static void
merge_pointers(const struct ev_collector *collector, union ev_acc *acc,
    const union ev_acc *more)
{
	switch (collector->what) {
	case EV_COLLECT_SPREAD:
		if (acc->spread == NULL)
			acc->spread = ev_calloc(1, sizeof(*acc->spread));
		ev_spread_merge(acc->spread, more->spread);
		break;
	case EV_COLLECT_SKETCH:
		if (acc->sketch == NULL)
			acc->sketch = ev_sketch_new();
		ev_sketch_merge(acc->sketch, more->sketch);
		break;
	case EV_COLLECT_DISTINCT:
		if (acc->distinct == NULL)
			acc->distinct = ev_distinct_new();
		ev_distinct_merge(acc->distinct, more->distinct);
		break;
	default:
		ev_best_merge(
		    best_of(acc), best_kind(collector->what), more->best);
	}
}

void
ev_collect_merge(const struct ev_collector *collector, union ev_acc *acc,
    const union ev_acc *more)
{
	if (collector->what == EV_COLLECT_SUM)
		ev_sum_merge(&acc->sum, &more->sum);
	else if (collector->what == EV_COLLECT_TIMES)
		ev_times_merge(&acc->times, &more->times);
	else if (more->best != NULL) /* whichever of the pointers */
		merge_pointers(collector, acc, more);
}

void
ev_collect_free(const struct ev_collector *collector, union ev_acc *acc)
{
	switch (collector->what) {
	case EV_COLLECT_SUM:
		ev_sum_clear(&acc->sum);
		break;
	case EV_COLLECT_TIMES:
		break;
	case EV_COLLECT_SPREAD:
		free(acc->spread);
		break;
	case EV_COLLECT_SKETCH:
		ev_sketch_free(acc->sketch);
		break;
	case EV_COLLECT_DISTINCT:
		ev_distinct_free(acc->distinct);
		break;
	default:
		if (acc->best != NULL)
			ev_best_clear(acc->best);
		free(acc->best);
	}
	*acc = (union ev_acc){ .sum = EV_SUM_INIT };
}

static void
save_times(const struct ev_times *times, struct ev_buf *out)
{
	if (!times->any)
		ev_buf_adds(out, "null");
	else
		ev_buf_addf(out, "[%" PRId64 ",%ld,%" PRId64 ",%ld]",
		    (int64_t)times->first.tv_sec, times->first.tv_nsec,
		    (int64_t)times->last.tv_sec, times->last.tv_nsec);
}

void
ev_collect_save(const struct ev_collector *collector, const union ev_acc *acc,
    struct ev_buf *out)
{
	if (collector->what == EV_COLLECT_SUM)
		ev_sum_save(&acc->sum, out);
	else if (collector->what == EV_COLLECT_TIMES)
		save_times(&acc->times, out);
	else if (acc->best == NULL)
		ev_buf_adds(out, "null");
	else if (collector->what == EV_COLLECT_SPREAD)
		ev_spread_save(acc->spread, out);
	else if (collector->what == EV_COLLECT_SKETCH)
		ev_sketch_save(acc->sketch, out);
	else if (collector->what == EV_COLLECT_DISTINCT)
		ev_distinct_save(acc->distinct, out);
	else
		ev_best_save(acc->best, out);
}

static int
load_times(
    struct ev_times *times, const struct ev_val *array, struct ev_err *err)
{
	struct ev_walk walk;
	struct ev_val val;
	int64_t part[4];
	int i;

	ev_walk_begin(&walk, array);
	for (i = 0; i < 4; i++)
		if (!ev_walk_next(&walk, NULL, &val) || val.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&val), &part[i]) ||
		    (i % 2 == 1 && (part[i] < 0 || part[i] > 999999999)))
			return ev_fail(err, "a time is none");
	ev_times_note(
	    times, (struct timespec){ (time_t)part[0], (long)part[1] });
	ev_times_note(
	    times, (struct timespec){ (time_t)part[2], (long)part[3] });
	return 0;
}

int
ev_collect_load(const struct ev_collector *collector, union ev_acc *acc,
    const struct ev_val *val, struct ev_err *err)
{
	if (val->kind == EV_NULL)
		return 0;
	switch (collector->what) {
	case EV_COLLECT_SUM:
		return ev_sum_load(&acc->sum, val, err);
	case EV_COLLECT_TIMES:
		return load_times(&acc->times, val, err);
	case EV_COLLECT_SPREAD:
		if (acc->spread == NULL)
			acc->spread = ev_calloc(1, sizeof(*acc->spread));
		return ev_spread_load(acc->spread, val, err);
	case EV_COLLECT_SKETCH:
		if (acc->sketch == NULL)
			acc->sketch = ev_sketch_new();
		return ev_sketch_load(acc->sketch, val, err);
	case EV_COLLECT_DISTINCT:
		if (acc->distinct == NULL)
			acc->distinct = ev_distinct_new();
		return ev_distinct_load(acc->distinct, val, err);
	default:
		return ev_best_load(
		    best_of(acc), best_kind(collector->what), val, err);
	}
}
