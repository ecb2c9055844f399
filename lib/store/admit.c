#include "store/admit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/learn.h"
#include "text/time.h"

/* Memory is asked for what an entry needs so many entries before. */
#define AHEAD 16

void
ev_admit_init(struct ev_admit *admit, const struct ev_dir *dir,
    struct ev_log *log, const struct ev_views *views,
    enum ev_on_conflict on_conflict)
{
	*admit = (struct ev_admit){ .on_conflict = on_conflict };
	admit->lookup.dir = dir;
	admit->lookup.log = log;
	admit->lookup.views = views;
}

void
ev_admit_end(struct ev_admit *admit, bool failed)
{
	size_t i;

	for (i = 0; failed && i < admit->settled; i++)
		if (admit->entries[i].identity == EV_NO_ID &&
		    admit->entries[i].ordinal == 0)
			ev_known_unask(admit->lookup.known, admit->key[i]);
	admit->settled = 0;
	if (failed)
		ev_learn_forget(&admit->lookup);
}

void
ev_admit_clear(struct ev_admit *admit)
{
	free(admit->key);
	admit->key = NULL;
	ev_learn_clear(&admit->lookup);
	ev_buf_clear(&admit->lookup.found);
	ev_map_free(admit->taken);
	admit->taken = NULL;
}

/* An entry that is looked for by its line, as it will be written. */
static bool
has_key(const struct ev_entry *e)
{
	return e->identity == EV_LINE_ID || e->identity == EV_NO_ID;
}

static struct ev_known_key
key_of(const struct ev_entry *e)
{
	return ev_known_key(ev_buf_slice(&e->line), ev_lookup_id(e));
}

/* All keys before the first is needed. */
static void
make_keys(struct ev_admit *admit, size_t count)
{
	size_t i;

	if (admit->lookup.known == NULL)
		return;
	if (count > admit->keys) {
		admit->key = ev_realloc(admit->key, count, sizeof(*admit->key));
		admit->keys = count;
	}
	for (i = 0; i < count; i++) {
		if (!has_key(&admit->entries[i]))
			continue;
		admit->key[i] = key_of(&admit->entries[i]);
	}
}

int
ev_admit_begin(struct ev_admit *admit, struct ev_entry *entries, size_t count,
    bool fresh, uint64_t end, struct ev_err *err)
{
	admit->count = count;
	admit->settled = 0;
	admit->entries = entries;
	admit->lookup.entries = entries;
	admit->lookup.fresh = fresh;
	admit->lookup.end = end;
	ev_map_free(admit->taken);
	admit->taken = NULL;
	make_keys(admit, count);
	return ev_now(&admit->lookup.now, err);
}

/* Is an id taken, by the log or in this round?  1, 0, -1. */
static int
is_taken(struct ev_admit *admit, const struct ev_entry *e, struct ev_slice id,
    struct ev_err *err)
{
	if (admit->taken == NULL)
		admit->taken = ev_map_new();
	ev_buf_reset(&admit->lookup.found);
	if (ev_map_find(admit->taken, id.p, id.n) != NULL)
		return 1;
	return ev_lookup_taken(&admit->lookup, e, id, err);
}

/* The n-th id that an entry may have. */
static void
nth_id(const struct ev_entry *e, unsigned n, char out[EV_IDENT_SIZE])
{
	if (e->identity == EV_NEW_STAMP)
		ev_ident_stamp(e->finger, e->time, n, out);
	else
		ev_ident_agentguard(e->time, e->finger, n, out);
}

/* The n-th id, left in e->id: is it taken? */
static int
nth_taken(
    struct ev_admit *admit, struct ev_entry *e, unsigned n, struct ev_err *err)
{
	nth_id(e, n, e->id);
	return is_taken(admit, e, ev_slice_of(e->id), err);
}

/*
 * The number behind `low` (which is taken, or 0) that is free, in strides that
 * double and are then halved: of ids without gaps it is the least, and a
 * thousand equal events of a millisecond cost no thousand looks each.
 */
static int
free_number(struct ev_admit *admit, struct ev_entry *e, unsigned low,
    unsigned *free, struct ev_err *err)
{
	unsigned high = low + 1, stride = 1, middle;
	int r;

	while ((r = nth_taken(admit, e, high, err)) == 1) {
		low = high;
		high += stride;
		stride += stride;
	}
	while (r >= 0 && high - low > 1) {
		middle = low + (high - low) / 2;
		r = nth_taken(admit, e, middle, err);
		if (r == 1)
			low = middle;
		else
			high = middle;
	}
	*free = high;
	return r < 0 ? -1 : 0;
}

/* An id made before is kept while nobody else has it.  1 it is, 0, -1. */
static int
keep_made(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	int r;

	if (e->id[0] == '\0')
		return 0;
	r = is_taken(admit, e, ev_slice_of(e->id), err);
	if (r == 0)
		ev_entry_put_id(e);
	return r < 0 ? -1 : r == 0;
}

static int
new_number(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	char first[EV_IDENT_SIZE];
	const uint64_t *last = NULL;
	unsigned n;
	int r;

	r = keep_made(admit, e, err);
	if (r != 0)
		return r;
	nth_id(e, 1, first);
	if (admit->taken != NULL)
		last = ev_map_find(admit->taken, first, strlen(first));
	if (free_number(admit, e, last != NULL ? (unsigned)*last : 0, &n, err) <
	    0)
		return -1;
	/* under the first id stands how far this round is */
	*ev_map_at(admit->taken, first, strlen(first), NULL) = n;
	nth_id(e, n, e->id);
	ev_map_at(admit->taken, e->id, strlen(e->id), NULL);
	ev_entry_put_id(e);
	return 1;
}

/* The event that the last look found. */
static void
same(const struct ev_admit *admit, struct ev_entry *e)
{
	e->result = EV_SAME;
	ev_buf_reset(&e->there);
	ev_buf_addslice(&e->there, ev_buf_slice(&admit->lookup.found));
}

static int
hand_id(struct ev_admit *admit, struct ev_entry *e, struct ev_err *err)
{
	int r = is_taken(admit, e, e->own_id, err);

	if (r < 0)
		return -1;
	if (r == 1) {
		same(admit, e);
		return 0;
	}
	ev_map_at(admit->taken, e->own_id.p, e->own_id.n, NULL);
	return 1;
}

static int
line_id(struct ev_admit *admit, struct ev_entry *e, struct ev_known_key key,
    struct ev_err *err)
{
	static const enum ev_written on_conflict[] = {
		[EV_ON_CONFLICT_WRITE] = EV_CONFLICT,
		[EV_ON_CONFLICT_SKIP] = EV_SKIPPED,
		[EV_ON_CONFLICT_ERROR] = EV_REFUSED,
	};
	int r = ev_lookup_line(&admit->lookup, e, key, err);

	if (r < 0)
		return -1;
	if (r == 2)
		same(admit, e);
	else if (r == 1)
		e->result = on_conflict[admit->on_conflict];
	return e->result == EV_WRITTEN || e->result == EV_CONFLICT;
}

/* What was made before, and given away, is not made anew. */
static void
new_uuid(struct ev_admit *admit, struct ev_entry *e)
{
	if (e->id[0] == '\0') {
		ev_uuid7(admit->lookup.now, admit->last, e->id);
		memcpy(admit->last, e->id, EV_UUID_SIZE);
	}
	ev_entry_put_id(e);
}

/* A line that nothing but itself tells from others. */
static int
raw_line(struct ev_admit *admit, struct ev_entry *e, struct ev_known_key key)
{
	struct ev_known *known = admit->lookup.known;
	bool there = e->ordinal > 0 ? ev_known_count(known, key) >= e->ordinal :
				      ev_known_ask(known, key);

	if (there)
		e->result = EV_SAME;
	return !there;
}

static int
settle(struct ev_admit *admit, size_t entry, struct ev_err *err)
{
	struct ev_entry *e = &admit->entries[entry];

	e->result = EV_WRITTEN;
	switch (e->identity) {
	case EV_NEW_UUID:
		new_uuid(admit, e);
		return 1;
	case EV_NEW_GUARD:
	case EV_NEW_STAMP:
		return new_number(admit, e, err);
	case EV_HAND_ID:
		return hand_id(admit, e, err);
	case EV_LINE_ID:
		return line_id(admit, e, admit->key[entry], err);
	default: /* EV_NO_ID */
		admit->settled = entry + 1;
		return raw_line(admit, e, admit->key[entry]);
	}
}

int
ev_admit(
    struct ev_admit *admit, size_t entry, size_t *number, struct ev_err *err)
{
	struct ev_entry *e = &admit->entries[entry];
	int r;

	if (admit->lookup.known != NULL && admit->count - entry > AHEAD &&
	    has_key(e + AHEAD))
		ev_known_soon(admit->lookup.known, admit->key[entry + AHEAD]);
	r = settle(admit, entry, err);
	if (r == 1 && admit->lookup.known != NULL)
		*number = ev_known_add(admit->lookup.known,
		    has_key(e) ? admit->key[entry] : key_of(e),
		    EV_KNOWN_ELSEWHERE | entry);
	return r;
}

void
ev_admit_placed(struct ev_admit *admit, size_t number, uint64_t at)
{
	if (admit->lookup.known != NULL)
		ev_known_place(admit->lookup.known, number, at);
}
