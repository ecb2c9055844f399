/*
 * table: from hashes to small numbers, open addressing, 8 bytes a slot.
 *
 * A table does not keep its keys: who uses it numbers his things from 0 and
 * says, for a number, whether it is the one that is looked for.  Several
 * numbers may have one hash.
 */
#ifndef EV_STORE_TABLE_H
#define EV_STORE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct ev_table_slot {
	uint32_t	 hash;
	uint32_t	 number;	/* number + 1, or 0 */
};

struct ev_table {
	struct ev_table_slot *slot;
	size_t		 size, used;
};

#define EV_TABLE_INIT { NULL, 0, 0 }
#define EV_TABLE_NONE SIZE_MAX

void	ev_table_clear(struct ev_table *table);

/* Puts a number in; the table grows as it has to. */
void	ev_table_put(struct ev_table *table, uint32_t hash, size_t number);

/* A walk over the numbers that have a hash. */
struct ev_table_walk {
	const struct ev_table	*table;
	size_t			 at;
	uint32_t		 hash;
};
struct ev_table_walk ev_table_find(const struct ev_table *table,
	    uint32_t hash);
/* The next one, in the order in which they were put in; EV_TABLE_NONE: that
 * was all. */
size_t	ev_table_next(struct ev_table_walk *walk);

/* A hash will soon be looked for: its slot is fetched into the cache. */
void	ev_table_soon(const struct ev_table *table, uint32_t hash);

#endif
