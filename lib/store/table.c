#include "store/table.h"

#include <stdlib.h>

#include "base/mem.h"

#define FIRST 256

void
ev_table_clear(struct ev_table *table)
{
	free(table->slot);
	*table = (struct ev_table)EV_TABLE_INIT;
}

int
ev_table_full(const struct ev_table *table)
{
	return (table->used + 1) * 8 > table->size * 7;
}

void
ev_table_grow(struct ev_table *table)
{
	size_t size = table->size == 0 ? FIRST : table->size * 3 / 2;

	/* a number and one must fit into a slot */
	if (size > UINT32_MAX)
		ev_no_memory();
	free(table->slot);
	table->slot = ev_calloc(size, sizeof(*table->slot));
	table->size = size;
	table->used = 0;
}

/* Hashes spread over a size that is no power of two. */
static size_t
home(const struct ev_table *table, uint32_t hash)
{
	return (size_t)((uint64_t)hash * table->size >> 32);
}

void
ev_table_put(struct ev_table *table, uint32_t hash, size_t number)
{
	size_t at = home(table, hash);

	while (table->slot[at] != 0)
		at = at + 1 < table->size ? at + 1 : 0;
	table->slot[at] = (uint32_t)number + 1;
	table->used++;
}

struct ev_table_walk
ev_table_find(const struct ev_table *table, uint32_t hash)
{
	struct ev_table_walk walk = { table, home(table, hash) };

	return walk;
}

size_t
ev_table_next(struct ev_table_walk *walk)
{
	const struct ev_table *table = walk->table;
	size_t number;

	if (table->size == 0 || table->slot[walk->at] == 0)
		return EV_TABLE_NONE;
	number = table->slot[walk->at] - 1;
	walk->at = walk->at + 1 < table->size ? walk->at + 1 : 0;
	return number;
}
