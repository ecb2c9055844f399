#include "base/names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

#define GROUP 16

struct ev_names {
	uint8_t *tag;	/* of each slot; 0: it is free */
	uint32_t *slot; /* numbers */
	size_t mask;
	uint64_t *end; /* of each text, in text */
	size_t cap;
	uint32_t count;
	struct ev_buf text;
};

static void
open_slots(struct ev_names *names, size_t count)
{
	names->mask = count - 1;
	names->tag = ev_calloc(count, sizeof(*names->tag));
	names->slot = ev_realloc(NULL, count, sizeof(*names->slot));
}

struct ev_names *
ev_names_new(void)
{
	struct ev_names *names = ev_calloc(1, sizeof(*names));

	open_slots(names, 64);
	return names;
}

void
ev_names_free(struct ev_names *names)
{
	if (names == NULL)
		return;
	ev_buf_clear(&names->text);
	free(names->end);
	free(names->slot);
	free(names->tag);
	free(names);
}

uint64_t
ev_names_hash(struct ev_slice text)
{
	return ev_sip(text.p, text.n);
}

static uint8_t
tag_of(uint64_t hash)
{
	return (uint8_t)(hash >> 56 | 1);
}

void
ev_names_expect_text(
    const struct ev_names *names, uint32_t number, unsigned step)
{
	const uint64_t *end = &names->end[number];

	__builtin_prefetch(
	    step == 0 ? (const void *)end : names->text.p + *end - 1);
}

void
ev_names_expect(const struct ev_names *names, uint64_t hash, unsigned step)
{
	uint8_t tag = tag_of(hash);
	size_t i = hash & names->mask;

	if (step == 0) {
		__builtin_prefetch(&names->tag[i]);
		__builtin_prefetch(&names->slot[i]);
		return;
	}
	while (names->tag[i] != 0 && names->tag[i] != tag)
		i = (i + 1) & names->mask;
	if (names->tag[i] != 0)
		ev_names_expect_text(names, names->slot[i], step - 1);
}

struct ev_slice
ev_names_text(const struct ev_names *names, uint32_t number)
{
	uint64_t from = number > 0 ? names->end[number - 1] : 0;

	return (struct ev_slice){ names->text.p + from,
		(size_t)(names->end[number] - from) };
}

/* The slot of a text, or the free one where it would stand. */
static size_t
probe(const struct ev_names *names, struct ev_slice text, uint64_t hash)
{
	uint8_t tag = tag_of(hash);
	size_t i = hash & names->mask;

	for (; names->tag[i] != 0; i = (i + 1) & names->mask)
		if (names->tag[i] == tag &&
		    ev_slice_eq(ev_names_text(names, names->slot[i]), text))
			break;
	return i;
}

static void
put(struct ev_names *names, size_t i, uint64_t hash, uint32_t number)
{
	names->tag[i] = tag_of(hash);
	names->slot[i] = number;
}

/* Twice as many slots, filled in groups: each slot is somewhere else. */
static void
widen(struct ev_names *names)
{
	uint64_t hash[GROUP] = { 0 }; /* for the analyzer alone */
	uint32_t from, n, k;
	size_t i;

	free(names->tag);
	free(names->slot);
	open_slots(names, (names->mask + 1) * 2);
	for (from = 0; from < names->count; from += n) {
		n = names->count - from < GROUP ? names->count - from : GROUP;
		for (k = 0; k < n; k++) {
			hash[k] = ev_names_hash(ev_names_text(names, from + k));
			ev_names_expect(names, hash[k], 0);
		}
		for (k = 0; k < n; k++) {
			i = hash[k] & names->mask;
			while (names->tag[i] != 0)
				i = (i + 1) & names->mask;
			put(names, i, hash[k], from + k);
		}
	}
}

uint32_t
ev_names_add(struct ev_names *names, struct ev_slice text, uint64_t hash)
{
	size_t i = probe(names, text, hash);

	if (names->tag[i] != 0)
		return names->slot[i];
	if (((size_t)names->count + 1) * 4 > (names->mask + 1) * 3) {
		widen(names);
		i = probe(names, text, hash);
	}
	if (names->count == names->cap) {
		names->cap = names->cap < 64 ? 64 : names->cap + names->cap / 2;
		names->end =
		    ev_realloc(names->end, names->cap, sizeof(*names->end));
	}
	put(names, i, hash, names->count);
	ev_buf_addslice(&names->text, text);
	names->end[names->count] = names->text.n;
	return names->count++;
}

uint32_t
ev_names_find(const struct ev_names *names, struct ev_slice text)
{
	size_t i = probe(names, text, ev_names_hash(text));

	return names->tag[i] != 0 ? names->slot[i] : EV_NAMES_NONE;
}

uint32_t
ev_names_count(const struct ev_names *names)
{
	return names->count;
}
