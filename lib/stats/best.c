#include "stats/best.h"

#include <inttypes.h>

#include "base/clock.h"
#include "event/ident.h"
#include "json/compact.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"

/* A value as candidate: of a string what stands between its quotes. */
struct candidate {
	struct ev_slice body;
	double number;
	enum { NUMBER, STRING, OTHER } kind;
};

static struct candidate
candidate_of(const struct ev_val *val)
{
	struct candidate c = { ev_val_slice(val), 0, OTHER };

	if (val->kind == EV_NUMBER) {
		c.kind = NUMBER;
		c.number = ev_num_double(c.body);
	} else if (val->kind == EV_STRING)
		c.kind = STRING;
	return c;
}

static struct candidate
kept(const struct ev_best *best)
{
	struct candidate c = { ev_buf_slice(&best->value), best->number,
		OTHER };

	if (c.body.p[0] == '"') {
		c.kind = STRING;
		c.body.p++;
		c.body.n -= 2;
	} else if (ev_kind_of(c.body.p[0]) == EV_NUMBER)
		c.kind = NUMBER;
	return c;
}

static int
compare(const struct candidate *a, const struct candidate *b)
{
	int diff = 0;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == NUMBER && a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if (a->kind == NUMBER)
		diff = ev_num_cmp(a->body, b->body);
	return diff != 0 ? diff : ev_slice_cmp(a->body, b->body);
}

static int
compare_stand(const struct ev_stand *a, const struct ev_stand *b)
{
	int diff;

	if (a->timed != b->timed)
		return a->timed ? -1 : 1;
	diff = a->timed ? ev_time_cmp(a->time, b->time) : 0;
	return diff != 0 ? diff : ev_ident_cmp(a->id, b->id);
}

static void
keep(struct ev_best *best, const struct candidate *c,
    const struct ev_stand *stand)
{
	ev_buf_reset(&best->value);
	if (c->kind == STRING) {
		ev_buf_addc(&best->value, '"');
		ev_buf_addslice(&best->value, c->body);
		ev_buf_addc(&best->value, '"');
	} else if (c->kind == OTHER)
		ev_compact(&best->value, c->body);
	else
		ev_buf_addslice(&best->value, c->body);
	best->number = c->number;
	if (stand == NULL)
		return;
	best->timed = stand->timed;
	best->time = stand->time;
	ev_buf_reset(&best->id);
	ev_buf_addslice(&best->id, stand->id);
}

/* Is the one candidate to be kept rather than the other? */
static bool
better(enum ev_best_kind kind, const struct candidate *c,
    const struct candidate *old)
{
	/* of equal numbers the lesser bytes, for the greatest, too */
	if (kind == EV_BEST_MAX && c->kind == NUMBER && old->kind == NUMBER &&
	    ev_num_cmp(c->body, old->body) == 0)
		kind = EV_BEST_MIN;
	return kind == EV_BEST_MAX ? compare(c, old) > 0 : compare(c, old) < 0;
}

static void
take(struct ev_best *best, enum ev_best_kind kind, const struct candidate *c,
    const struct ev_stand *stand)
{
	struct ev_stand own = { best->timed, best->time,
		ev_buf_slice(&best->id) };
	struct candidate old;
	int diff = 0;

	if (best->value.n == 0) {
		keep(best, c, stand);
		return;
	}
	old = kept(best);
	if (stand != NULL)
		diff = compare_stand(stand, &own);
	if (kind == EV_BEST_LAST)
		diff = -diff;
	if (diff < 0 || (diff == 0 && better(kind, c, &old)))
		keep(best, c, stand);
}

void
ev_best_take(struct ev_best *best, enum ev_best_kind kind,
    const struct ev_val *val, const struct ev_stand *stand)
{
	struct candidate c = candidate_of(val);

	take(best, kind, &c, stand);
}

void
ev_best_merge(
    struct ev_best *best, enum ev_best_kind kind, const struct ev_best *more)
{
	struct ev_stand stand = { more->timed, more->time,
		ev_buf_slice(&more->id) };
	bool placed = kind == EV_BEST_FIRST || kind == EV_BEST_LAST;
	struct candidate c;

	if (more->value.n == 0)
		return;
	c = kept(more);
	take(best, kind, &c, placed ? &stand : NULL);
}

void
ev_best_clear(struct ev_best *best)
{
	ev_buf_clear(&best->value);
	ev_buf_clear(&best->id);
}

/* [value], or [value, id, seconds, nanoseconds]. */
void
ev_best_save(const struct ev_best *best, struct ev_buf *out)
{
	ev_buf_addc(out, '[');
	ev_buf_addslice(out, ev_buf_slice(&best->value));
	if (best->id.n > 0) {
		ev_buf_addc(out, ',');
		ev_quote(out, ev_buf_slice(&best->id));
		if (best->timed)
			ev_buf_addf(out, ",%" PRId64 ",%ld",
			    (int64_t)best->time.tv_sec, best->time.tv_nsec);
	}
	ev_buf_addc(out, ']');
}

static bool
load_time(struct ev_walk *walk, struct ev_stand *stand)
{
	struct ev_val sec, nsec;
	int64_t s, ns;

	stand->timed = ev_walk_next(walk, NULL, &sec);
	if (!stand->timed)
		return true;
	if (!ev_walk_next(walk, NULL, &nsec) || sec.kind != EV_NUMBER ||
	    nsec.kind != EV_NUMBER || !ev_num_int(ev_val_slice(&sec), &s) ||
	    !ev_num_int(ev_val_slice(&nsec), &ns) || ns < 0 || ns > 999999999)
		return false;
	stand->time = (struct timespec){ (time_t)s, (long)ns };
	return true;
}

int
ev_best_load(struct ev_best *best, enum ev_best_kind kind,
    const struct ev_val *array, struct ev_err *err)
{
	bool placed = kind == EV_BEST_FIRST || kind == EV_BEST_LAST;
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_stand stand = { 0 };
	struct ev_walk walk;
	struct ev_val val, id;
	bool sound = array->kind == EV_ARRAY;

	ev_walk_begin(&walk, array);
	if (sound && ev_walk_next(&walk, NULL, &val)) {
		sound = val.kind > EV_NULL;
		if (placed && sound)
			sound = ev_walk_next(&walk, NULL, &id) &&
			    id.kind == EV_STRING && load_time(&walk, &stand);
		if (placed && sound)
			stand.id = ev_val_text(&id, &scratch);
		if (sound)
			ev_best_take(best, kind, &val, placed ? &stand : NULL);
	}
	ev_buf_clear(&scratch);
	return sound ? 0 : ev_fail(err, "a value is none");
}
