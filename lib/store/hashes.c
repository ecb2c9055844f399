#include "store/hashes.h"

#include <stdlib.h>

#include "base/mem.h"

#define FIRST 256

void
ev_hashes_clear(struct ev_hashes *table)
{
	free(table->slot);
	*table = (struct ev_hashes)EV_HASHES_INIT;
}

/* Hashes spread over a size that is no power of two. */
static inline size_t
home(const struct ev_hashes *table, uint32_t hash)
{
	return (size_t)((uint64_t)hash * table->size >> 32);
}

static inline size_t
behind(const struct ev_hashes *table, size_t at)
{
	return at + 1 < table->size ? at + 1 : 0;
}

static void
put(struct ev_hashes *table, struct ev_hashes_slot slot)
{
	size_t at = home(table, slot.hash);

	while (table->slot[at].number != 0)
		at = behind(table, at);
	table->slot[at] = slot;
	table->used++;
}

/* Numbers of one hash keep their order: the walk begins behind a free slot, so
 * that none of them is met before those that stand in front of it. */
static void
grow(struct ev_hashes *table)
{
	struct ev_hashes old = *table;
	size_t i, at = 0;

	table->size = old.size == 0 ? FIRST : old.size * 3 / 2;
	/* a number and one must fit into a slot */
	/* cover: no test has memory for 2^32 lines */
	if (table->size > UINT32_MAX)
		ev_no_memory();
	table->slot = ev_calloc(table->size, sizeof(*table->slot));
	table->used = 0;
	while (old.size > 0 && old.slot[at].number != 0)
		at = behind(&old, at);
	for (i = 0; i < old.size; i++, at = behind(&old, at))
		if (old.slot[at].number != 0)
			put(table, old.slot[at]);
	free(old.slot);
}

void
ev_hashes_put(struct ev_hashes *table, uint32_t hash, size_t number)
{
	if ((table->used + 1) * 5 > table->size * 4)
		grow(table);
	put(table, (struct ev_hashes_slot){ hash, (uint32_t)number + 1 });
}

struct ev_hashes_walk
ev_hashes_find(const struct ev_hashes *table, uint32_t hash)
{
	struct ev_hashes_walk walk = { table, home(table, hash), hash };

	return walk;
}

size_t
ev_hashes_next(struct ev_hashes_walk *walk)
{
	const struct ev_hashes *table = walk->table;
	struct ev_hashes_slot slot;

	if (table->size == 0)
		return EV_HASHES_NONE;
	while ((slot = table->slot[walk->at]).number != 0) {
		walk->at = behind(table, walk->at);
		if (slot.hash == walk->hash)
			return slot.number - 1;
	}
	return EV_HASHES_NONE;
}

void
ev_hashes_soon(const struct ev_hashes *table, uint32_t hash)
{
	if (table->size > 0)
		__builtin_prefetch(&table->slot[home(table, hash)]);
}
