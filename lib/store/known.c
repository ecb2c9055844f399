#include "store/known.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "event/event.h"
#include "store/lines.h"
#include "store/hashes.h"

/* The place of a line and how often it is there, in one word. */
#define AT_BITS 42
#define AT_MASK ((1ull << AT_BITS) - 1)
#define ONE (1ull << AT_BITS)
#define MOST (~0ull << AT_BITS)

static const char bom[] = "\xef\xbb\xbf";

struct known_line {
	uint64_t hash;	/* of its bytes */
	uint64_t where; /* first place, how often it is in the log */
	uint32_t id;	/* hash of its id; 0 none */
	uint32_t asked; /* how often it was asked for */
};

struct ev_known {
	struct known_line *line;
	size_t count, cap;
	struct ev_hashes by_line, by_id;
	bool ids;
	uint64_t end;
	const struct ev_custom *custom;
	struct ev_model *model;
	struct ev_event *event;
};

static inline uint32_t
upper(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

static void
want_ids(struct ev_known *known)
{
	known->ids = true;
	known->model = ev_model_new(NULL);
	ev_model_custom(known->model, known->custom);
	ev_model_want(known->model, EV_ID);
	ev_model_seal(known->model);
	known->event = ev_event_new(known->model);
}

struct ev_known *
ev_known_new(bool ids, const struct ev_custom *custom)
{
	struct ev_known *known = ev_calloc(1, sizeof(*known));

	known->custom = custom;
	if (ids)
		want_ids(known);
	return known;
}

void
ev_known_free(struct ev_known *known)
{
	if (known == NULL)
		return;
	if (known->ids) {
		ev_event_free(known->event);
		ev_model_free(known->model);
	}
	ev_hashes_clear(&known->by_line);
	ev_hashes_clear(&known->by_id);
	free(known->line);
	free(known);
}

void
ev_known_reset(struct ev_known *known, bool ids)
{
	struct known_line *line;
	size_t i, n = 0;

	ev_hashes_clear(&known->by_line);
	ev_hashes_clear(&known->by_id);
	for (i = 0; i < known->count; i++) {
		line = &known->line[i];
		if (line->asked == 0)
			continue;
		ev_hashes_put(&known->by_line, upper(line->hash), n);
		known->line[n++] =
		    (struct known_line){ line->hash, 0, 0, line->asked };
	}
	known->count = n;
	known->end = 0;
	if (ids && !known->ids)
		want_ids(known);
}

bool
ev_known_ids(const struct ev_known *known)
{
	return known->ids;
}

uint64_t
ev_known_end(const struct ev_known *known)
{
	return known->end;
}

void
ev_known_move(struct ev_known *known, uint64_t end)
{
	known->end = end;
}

static struct ev_slice
without_bom(struct ev_slice line)
{
	if (line.p != NULL && ev_slice_starts(line, bom)) {
		line.p += sizeof(bom) - 1;
		line.n -= sizeof(bom) - 1;
	}
	return line;
}

static uint64_t
line_hash(struct ev_slice line)
{
	line = without_bom(line);
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return ev_sip(line.p, line.n);
}

static uint32_t
id_hash(struct ev_slice id)
{
	if (id.n == 0)
		return 0;
	return upper(ev_sip(id.p, id.n)) | 1; /* never that of no id */
}

struct ev_known_key
ev_known_key(struct ev_slice line, struct ev_slice id)
{
	return (struct ev_known_key){ line_hash(line), id_hash(id) };
}

void
ev_known_soon(const struct ev_known *known, struct ev_known_key key)
{
	ev_hashes_soon(&known->by_line, upper(key.line));
	if (key.id != 0)
		ev_hashes_soon(&known->by_id, key.id);
}

static size_t
find_line(const struct ev_known *known, uint64_t hash)
{
	struct ev_hashes_walk walk =
	    ev_hashes_find(&known->by_line, upper(hash));
	size_t i;

	do
		i = ev_hashes_next(&walk);
	while (i != EV_HASHES_NONE && known->line[i].hash != hash);
	return i;
}

/* The line's number; one that is new is in the log not once. */
static size_t
number_of(struct ev_known *known, uint64_t hash)
{
	size_t i = find_line(known, hash);

	if (i != EV_HASHES_NONE)
		return i;
	if (known->count == known->cap) {
		known->cap = known->cap < 64 ? 64 : known->cap / 2 * 3;
		known->line =
		    ev_realloc(known->line, known->cap, sizeof(*known->line));
	}
	i = known->count++;
	known->line[i] = (struct known_line){ hash, 0, 0, 0 };
	ev_hashes_put(&known->by_line, upper(hash), i);
	return i;
}

/* Enters a line under its id, unless so many have that id already that nobody
 * would look at it. */
static void
enter_id(struct ev_known *known, size_t number)
{
	uint32_t hash = known->line[number].id;
	struct ev_hashes_walk walk;
	size_t same = 0;

	if (hash == 0 || !known->ids)
		return;
	walk = ev_hashes_find(&known->by_id, hash);
	while (same < EV_KNOWN_MOST && ev_hashes_next(&walk) != EV_HASHES_NONE)
		same++;
	if (same < EV_KNOWN_MOST)
		ev_hashes_put(&known->by_id, hash, number);
}

size_t
ev_known_add(struct ev_known *known, struct ev_known_key key, uint64_t at)
{
	size_t i = number_of(known, key.line);
	struct known_line *line = &known->line[i];

	if (line->where >= ONE) {
		if (line->where < MOST)
			line->where += ONE;
		return i;
	}
	line->where = ONE | (at & AT_MASK);
	line->id = key.id;
	enter_id(known, i);
	return i;
}

void
ev_known_place(struct ev_known *known, size_t number, uint64_t at)
{
	uint64_t *where = &known->line[number].where;

	if ((*where & EV_KNOWN_ELSEWHERE) != 0)
		*where = (*where & MOST) | (at & AT_MASK);
}

uint64_t
ev_known_count(const struct ev_known *known, struct ev_known_key key)
{
	size_t i = find_line(known, key.line);

	return i == EV_HASHES_NONE ? 0 : known->line[i].where >> AT_BITS;
}

bool
ev_known_ask(struct ev_known *known, struct ev_known_key key)
{
	size_t i = number_of(known, key.line);
	struct known_line *line = &known->line[i];

	/* cover: no test asks 2^32 times */
	if (line->asked < UINT32_MAX)
		line->asked++;
	return line->where >> AT_BITS >= line->asked;
}

void
ev_known_unask(struct ev_known *known, struct ev_known_key key)
{
	size_t i = find_line(known, key.line);

	if (i != EV_HASHES_NONE && known->line[i].asked > 0)
		known->line[i].asked--;
}

size_t
ev_known_by_id(const struct ev_known *known, struct ev_known_key key,
    uint64_t at[EV_KNOWN_MOST])
{
	struct ev_hashes_walk walk;
	size_t i, n = 0;

	/* nothing stands under 0, no id */
	walk = ev_hashes_find(&known->by_id, key.id);
	while (
	    n < EV_KNOWN_MOST && (i = ev_hashes_next(&walk)) != EV_HASHES_NONE)
		at[n++] = known->line[i].where & AT_MASK;
	return n;
}

bool
ev_known_is(
    const struct ev_known *known, struct ev_slice line, struct ev_slice id)
{
	line = without_bom(line);
	return line.p != NULL &&
	    ev_event_read(known->event, line.p, line.n) == EV_SCAN_OK &&
	    ev_slice_eq(ev_event_text(known->event, EV_ID), id);
}

static void
take(struct ev_known *known, struct ev_slice line, uint64_t at)
{
	struct ev_slice id = { NULL, 0 };

	if (line.p == NULL)
		return;
	if (at == 0)
		line = without_bom(line);
	if (known->ids) {
		if (ev_event_read(known->event, line.p, line.n) != EV_SCAN_OK)
			return;
		id = ev_event_text(known->event, EV_ID);
	}
	ev_known_add(known, ev_known_key(line, id), at);
}

int
ev_known_read(
    struct ev_known *known, struct ev_chain *in, uint64_t to, int64_t until)
{
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;
	int r;

	if (to <= known->end)
		return 0;
	ev_lines_of(&lines, in, known->end, to);
	lines.until = until;
	while ((r = ev_lines_next(&lines, &line, &at)) == 1)
		take(known, line, at);
	ev_lines_clear(&lines);
	if (r == 0)
		known->end = to;
	return r;
}
