#include "event/event.h"

#include <stdlib.h>

#include "base/mem.h"
#include "event/ident.h"
#include "event/level.h"
#include "json/quote.h"
#include "json/walk.h"
#include "text/time.h"

struct ev_event_own {
	const struct ev_row *row;
	struct ev_pool pool;
	struct ev_buf text[EV_ROLES];
	char derived[EV_IDENT_SIZE];
};

struct ev_event *
ev_event_new(const struct ev_model *model)
{
	struct ev_event *ev = ev_calloc(1, sizeof(*ev));

	ev->model = model;
	ev->slot = ev_calloc(ev_plan_slots(model->plan) + 1, sizeof(*ev->slot));
	ev->own = ev_calloc(1, sizeof(*ev->own));
	return ev;
}

void
ev_event_free(struct ev_event *ev)
{
	size_t role;

	if (ev == NULL)
		return;
	for (role = 0; role < EV_ROLES; role++)
		ev_buf_clear(&ev->own->text[role]);
	ev_pool_clear(&ev->own->pool);
	free(ev->own);
	free(ev->slot);
	free(ev);
}

static enum ev_scan
recognise(struct ev_event *ev, enum ev_scan result)
{
	const struct ev_model *model = ev->model;

	if (result != EV_SCAN_OK)
		return result;
	ev->own->row =
	    &model->row[ev_detect(model->detector, ev->slot, model->otherwise)];
	ev->dialect = ev->own->row->dialect;
	return EV_SCAN_OK;
}

enum ev_scan
ev_event_read(struct ev_event *ev, const char *line, size_t n)
{
	ev->line = (struct ev_slice){ line, n };
	ev_pool_reset(&ev->own->pool);
	return recognise(
	    ev, ev_scan_line(ev->model->plan, line, n, ev->slot, NULL));
}

enum ev_scan
ev_event_next(struct ev_event *ev, const char *line, const char *limit)
{
	ev->line.p = line;
	ev_pool_reset(&ev->own->pool);
	return recognise(ev,
	    ev_scan_next(ev->model->plan, line, limit, ev->slot, &ev->line.n));
}

static const struct ev_alt *
find(struct ev_event *ev, enum ev_role role, struct ev_val *val);

static struct ev_val
reach_first(struct ev_event *ev, const struct ev_reach *reach)
{
	return ev_reach_first(
	    reach, ev->slot, ev->dialect->inner, &ev->own->pool);
}

static struct ev_val
computed(struct ev_event *ev, const struct ev_alt *alt)
{
	const struct ev_asked *operand = alt->derive->operand;
	struct ev_val val[2] = { { .kind = EV_NONE }, { .kind = EV_NONE } };
	size_t i;

	for (i = 0; i < 2; i++) {
		if (operand[i].path != NULL)
			val[i] = reach_first(ev, &alt->reach[i]);
		else if (operand[i].role != EV_ROLES)
			find(ev, operand[i].role, &val[i]);
	}
	return alt->derive->fn(val, ev_pool_take(&ev->own->pool));
}

/* The first alternative that is present, or NULL; *val is its value. */
static const struct ev_alt *
find(struct ev_event *ev, enum ev_role role, struct ev_val *val)
{
	const struct ev_alts *cell = &ev->own->row->cell[role];
	const struct ev_alt *alt = cell->alt, *end = alt + cell->count;

	for (; alt < end; alt++) {
		if (alt->slot >= 0)
			*val = ev->slot[alt->slot];
		else if (alt->derive != NULL)
			*val = computed(ev, alt);
		else
			*val = reach_first(ev, alt->reach);
		if (val->kind > EV_NULL)
			return alt;
	}
	*val = (struct ev_val){ .kind = EV_NONE };
	return NULL;
}

struct ev_val
ev_event_role(struct ev_event *ev, enum ev_role role)
{
	struct ev_val val;

	find(ev, role, &val);
	return val;
}

struct ev_slice
ev_event_text(struct ev_event *ev, enum ev_role role)
{
	struct ev_val val;

	find(ev, role, &val);
	return ev_val_text(&val, &ev->own->text[role]);
}

struct each {
	int (*fn)(void *arg, const struct ev_val *val);
	void *arg;
};

/* Passes on what is not null, an array as its elements. */
static int
pass_on(void *arg, const struct ev_val *val)
{
	const struct each *each = arg;
	struct ev_walk walk;
	struct ev_val element;
	int r = 0;

	if (val->kind != EV_ARRAY)
		return val->kind > EV_NULL ? each->fn(each->arg, val) : 0;
	ev_walk_begin(&walk, val);
	while (r == 0 && ev_walk_next(&walk, NULL, &element))
		if (element.kind > EV_NULL)
			r = each->fn(each->arg, &element);
	return r;
}

int
ev_event_each(struct ev_event *ev, enum ev_role role,
    int (*fn)(void *arg, const struct ev_val *val), void *arg)
{
	struct each each = { fn, arg };
	const struct ev_alt *alt;
	struct ev_val val;

	alt = find(ev, role, &val);
	if (alt == NULL)
		return 0;
	if (alt->slot >= 0 || alt->derive != NULL)
		return pass_on(&each, &val);
	return ev_reach_each(alt->reach, ev->slot, ev->dialect->inner,
	    &ev->own->pool, pass_on, &each);
}

int
ev_event_field(struct ev_event *ev, int field,
    int (*fn)(void *arg, const struct ev_val *val), void *arg)
{
	return ev_reach_each(&ev->model->field[field], ev->slot,
	    ev->dialect->inner, &ev->own->pool, fn, arg);
}

bool
ev_event_time(struct ev_event *ev, struct timespec *out)
{
	const struct ev_alt *alt;
	struct ev_val val;

	alt = find(ev, EV_TIME, &val);
	if (val.kind == EV_NUMBER)
		return ev_time_number(ev_val_slice(&val), alt->ms, out);
	if (val.kind != EV_STRING)
		return false;
	return ev_time_rfc3339(ev_val_text(&val, &ev->own->text[EV_TIME]), out);
}

struct ev_slice
ev_event_id(struct ev_event *ev)
{
	struct ev_val val = ev_event_role(ev, EV_ID);

	if (val.kind == EV_NUMBER || (val.kind == EV_STRING && val.n > 0))
		return ev_val_text(&val, &ev->own->text[EV_ID]);
	ev_ident_derived(ev->line, ev->own->derived);
	return ev_slice_of(ev->own->derived);
}

const char *
ev_event_level(struct ev_event *ev)
{
	int level = ev_level_parse(ev_event_text(ev, EV_LEVEL));

	if (level == -1)
		level = (int)ev_level_of(ev_event_text(ev, EV_TYPE));
	return ev_level_name((enum ev_level)level);
}

const char *
ev_event_category(struct ev_event *ev)
{
	return ev_category_of(ev_event_text(ev, EV_TYPE), ev->dialect);
}

struct ev_val
ev_event_payload(struct ev_event *ev)
{
	struct ev_val found = { .kind = EV_NONE }, root, key, val;
	struct ev_walk walk;

	if (ev->dialect->payload == NULL ||
	    ev_scan_value(ev->line.p, ev->line.n, &root, NULL) != EV_SCAN_OK)
		return found;
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val))
		if (ev_val_is(&key, ev->dialect->payload))
			found = val;
	return found;
}
