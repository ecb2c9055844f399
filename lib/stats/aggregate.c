#include "stats/aggregate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/compact.h"
#include "json/quote.h"
#include "text/time.h"

static int
open_fields(
    struct ev_aggregate *plan, struct ev_model *model, struct ev_err *err)
{
	const char *option = plan->ask.values ? "--values" : "--by";
	const char *at = plan->ask.by;
	struct ev_slice name;
	struct ev_err why;

	if (at == NULL)
		return 0;
	if (*at == '\0')
		return ev_fail(err, "%s: no field is named", option);
	while (ev_field_next(&at, &name)) {
		plan->field = ev_realloc(
		    plan->field, plan->fields + 1, sizeof(*plan->field));
		if (ev_field_parse(
			&plan->field[plan->fields], name, model, &why) == -1)
			return ev_fail(err, "%s: %s", option, why.text);
		plan->fields++;
	}
	return 0;
}

static int
open_ratios(
    struct ev_aggregate *plan, struct ev_model *model, struct ev_err *err)
{
	const struct ev_list *list = &plan->ask.ratios;

	plan->ratio = ev_calloc(list->n + 1, sizeof(*plan->ratio));
	for (; plan->ratios < list->n; plan->ratios++)
		if (ev_ratio_parse(&plan->ratio[plan->ratios],
			list->v[plan->ratios], plan->scope->utc, model,
			err) == -1)
			return -1;
	return 0;
}

static int
open_times(
    struct ev_aggregate *plan, struct ev_model *model, struct ev_err *err)
{
	const struct ev_ask *ask = &plan->ask;

	if (ask->every != NULL &&
	    ev_every_parse(&plan->every, ask->every, plan->scope->utc, err) ==
		-1)
		return -1;
	if (ask->rolling != 0 && ask->every == NULL)
		return ev_fail(err,
		    "--rolling counts buckets: --every "
		    "says of what length");
	if (ask->rolling != 0 && ask->versus)
		return ev_fail(err,
		    "--rolling and --vs compare buckets: one or the other");
	plan->before = plan->scope->has_turn && ask->every == NULL;
	plan->timed = ask->every != NULL || plan->before || ask->summary ||
	    plan->measures.rated;
	if (plan->timed)
		ev_model_want(model, EV_TIME);
	return 0;
}

struct ev_aggregate *
ev_aggregate_open(const struct ev_ask *ask, const struct ev_report_scope *scope,
    struct ev_model *model, struct ev_err *err)
{
	struct ev_aggregate *plan = ev_calloc(1, sizeof(*plan));

	plan->ask = *ask;
	plan->scope = scope;
	if (open_fields(plan, model, err) == -1 ||
	    ev_measures_parse(&plan->measures,
		ask->agg != NULL ? ask->agg : "count", model, err) == -1 ||
	    open_ratios(plan, model, err) == -1 ||
	    open_times(plan, model, err) == -1) {
		ev_aggregate_close(plan);
		return NULL;
	}
	plan->accs = plan->measures.collectors + plan->ratios;
	plan->counts = plan->accs == 0 && !plan->timed && plan->fields == 1 &&
	    plan->field->subject.source == EV_FROM_ROLE && !plan->field->many;
	return plan;
}

void
ev_aggregate_close(struct ev_aggregate *plan)
{
	size_t i;

	for (i = 0; i < plan->fields; i++)
		ev_field_clear(&plan->field[i]);
	for (i = 0; i < plan->ratios; i++)
		ev_ratio_clear(&plan->ratio[i]);
	ev_measures_clear(&plan->measures);
	free(plan->field);
	free(plan->ratio);
	free(plan);
}

struct ev_aggregated *
ev_aggregated_new(const struct ev_aggregate *plan)
{
	struct ev_aggregated *a = ev_calloc(1, sizeof(*a));

	a->plan = plan;
	a->table = ev_table_new(plan->accs);
	/* no time is in it */
	a->bucket = (struct ev_bucket){ 0, 0 };
	a->key_bucket = EV_TABLE_ALWAYS;
	return a;
}

void
ev_aggregated_drop(const struct ev_aggregate *plan, struct ev_table *table)
{
	const struct ev_measures *measures = &plan->measures;
	struct ev_group *group;
	size_t i, c;

	for (i = 0; measures->collectors > 0 && i < ev_table_count(table);
	     i++) {
		group = ev_table_group(table, i);
		for (c = 0; c < measures->collectors; c++)
			ev_collect_free(
			    &measures->collector[c], &group->acc[c]);
	}
	ev_table_free(table);
}

void
ev_aggregated_free(struct ev_aggregated *a)
{
	ev_aggregated_drop(a->plan, a->table);
	ev_buf_clear(&a->key);
	ev_buf_clear(&a->text);
	ev_buf_clear(&a->from.scratch);
	ev_buf_clear(&a->from.text);
	free(a);
}

/* The present event belongs to the group of this key. */
static void
take(struct ev_aggregated *a, const struct ev_key *key)
{
	const struct ev_aggregate *plan = a->plan;
	const struct ev_measures *measures = &plan->measures;
	struct ev_group *group = ev_table_at(a->table, key);
	size_t i;

	a->any = true;
	if (a->earlier) {
		group->previous++;
		return;
	}
	group->count++;
	for (i = 0; i < measures->collectors; i++)
		ev_collect(&measures->collector[i], &group->acc[i], &a->from);
	for (i = 0; i < plan->ratios; i++)
		ev_ratio_note(&plan->ratio[i], a->from.ev,
		    group->acc[measures->collectors + i].pair);
}

/* A value as a part of a key. */
static char
mark_of(const struct ev_val *val, struct ev_buf *scratch, struct ev_slice *text)
{
	*text = ev_val_slice(val);
	if (val->kind == EV_STRING) {
		*text = ev_val_text(val, scratch);
		return EV_MARK_STRING;
	}
	if (val->kind == EV_OBJECT || val->kind == EV_ARRAY) {
		ev_buf_reset(scratch);
		ev_compact(scratch, *text);
		*text = ev_buf_slice(scratch);
	}
	return EV_MARK_JSON;
}

static int
take_value(void *arg, const struct ev_val *val)
{
	struct ev_aggregated *a = arg;
	struct ev_key key = { .bucket = a->key_bucket };

	key.mark = mark_of(val, &a->text, &key.text);
	take(a, &key);
	return 0;
}

/* Of the fields from `at` on all values go to the key, one after the other. */
struct several {
	struct ev_aggregated *a;
	size_t at;
	bool any;
};

static void take_several(struct ev_aggregated *a, size_t at);

static int
add_value(void *arg, const struct ev_val *val)
{
	struct several *s = arg;
	struct ev_aggregated *a = s->a;
	size_t end = a->key.n;
	struct ev_slice text;
	char mark;

	s->any = true;
	mark = mark_of(val, &a->text, &text);
	ev_key_add(&a->key, mark, text);
	take_several(a, s->at + 1);
	a->key.n = end;
	return 0;
}

static void
take_several(struct ev_aggregated *a, size_t at)
{
	const struct ev_aggregate *plan = a->plan;
	struct several s = { a, at, false };
	struct ev_key key = { EV_KEY_SEVERAL, { a->key.p, a->key.n },
		a->key_bucket };
	size_t end = a->key.n;

	if (at == plan->fields) {
		take(a, &key);
		return;
	}
	ev_field_each(
	    &plan->field[at], a->from.ev, &a->from.scratch, add_value, &s);
	if (s.any || plan->field[at].many)
		return;
	ev_key_add(&a->key, EV_MARK_NULL, (struct ev_slice){ "", 0 });
	take_several(a, at + 1);
	a->key.n = end;
}

static void
take_groups(struct ev_aggregated *a)
{
	const struct ev_aggregate *plan = a->plan;
	struct ev_key null = { EV_MARK_NULL, { "", 0 }, a->key_bucket };

	a->any = false;
	if (plan->fields > 1) {
		ev_buf_reset(&a->key);
		take_several(a, 0);
	} else if (plan->fields == 1) {
		ev_field_each(
		    plan->field, a->from.ev, &a->from.scratch, take_value, a);
		if (!a->any && !plan->field->many)
			take(a, &null);
	} else
		take(a, &null);
	a->unlisted += !a->any;
}

/* Notes the event's time; false: it is left out. */
static bool
take_time(struct ev_aggregated *a)
{
	const struct ev_aggregate *plan = a->plan;
	struct timespec time;
	int64_t sec;

	if (!ev_event_time(a->from.ev, &time)) {
		if (plan->ask.every == NULL && !plan->before)
			return true;
		a->untimed++;
		return false;
	}
	a->earlier = plan->before && ev_time_cmp(time, plan->scope->turn) < 0;
	if (!a->earlier)
		ev_times_note(&a->times, time);
	if (plan->ask.every == NULL)
		return true;
	sec = (int64_t)time.tv_sec;
	if (sec < a->bucket.from || sec >= a->bucket.to)
		a->bucket = ev_bucket_at(&plan->every, sec);
	a->key_bucket = a->bucket.from;
	return true;
}

/* Counts by a role alone, which is asked for most; false: the value is not as
 * simple as most are. */
static inline bool
count_only(struct ev_aggregated *a, struct ev_event *ev)
{
	struct ev_key key = { .mark = EV_MARK_STRING,
		.bucket = EV_TABLE_ALWAYS };
	struct ev_val val = ev_event_role(ev, a->plan->field->subject.role);

	if (val.kind != EV_STRING || val.escaped)
		return false;
	key.text = ev_val_slice(&val);
	ev_table_at(a->table, &key)->count++;
	a->total++;
	return true;
}

void
ev_aggregated_event(struct ev_aggregated *a, struct ev_event *ev)
{
	const struct ev_aggregate *plan = a->plan;
	struct ev_stand *stand = &a->from.stand;

	if (plan->counts && count_only(a, ev))
		return;
	a->from.ev = ev;
	if (plan->timed && !take_time(a))
		return;
	a->total += !a->earlier;
	if (plan->measures.placed) {
		stand->timed = ev_event_time(ev, &stand->time);
		stand->id = ev_event_id(ev);
	}
	take_groups(a);
}

void
ev_aggregated_join(const struct ev_aggregate *plan, struct ev_table *table,
    const struct ev_key *key, const struct ev_group *group)
{
	const struct ev_measures *measures = &plan->measures;
	struct ev_group *into = ev_table_at(table, key);
	size_t i, at;

	into->count += group->count;
	into->previous += group->previous;
	for (i = 0; i < measures->collectors; i++)
		ev_collect_merge(
		    &measures->collector[i], &into->acc[i], &group->acc[i]);
	for (i = 0; i < plan->ratios; i++) {
		at = measures->collectors + i;
		into->acc[at].pair[0] += group->acc[at].pair[0];
		into->acc[at].pair[1] += group->acc[at].pair[1];
	}
}

void
ev_aggregated_merge(struct ev_aggregated *a, struct ev_aggregated *more)
{
	struct ev_group *group;
	struct ev_table *empty;
	struct ev_key key;
	size_t i, n = ev_table_count(more->table);

	ev_times_merge(&a->times, &more->times);
	a->total += more->total;
	a->untimed += more->untimed;
	a->unlisted += more->unlisted;
	if (ev_table_count(a->table) == 0) {
		empty = a->table;
		a->table = more->table;
		more->table = empty;
		return;
	}
	for (i = 0; i < n; i++) {
		group = ev_table_group(more->table, i);
		key = ev_table_key(more->table, group);
		ev_aggregated_join(a->plan, a->table, &key, group);
	}
}
