/*
 * table: from hashes to small numbers, open addressing, 4 bytes a slot.
 *
 * A table does not keep its keys: who uses it numbers his things from 0 and
 * says, for a number, whether it is the one that is looked for.  Several
 * numbers may have one hash.
 */
#ifndef EV_STORE_TABLE_H
#define EV_STORE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct ev_table {
	uint32_t	*slot;		/* number + 1, or 0 */
	size_t		 size, used;
};

#define EV_TABLE_INIT { NULL, 0, 0 }
#define EV_TABLE_NONE SIZE_MAX

void	ev_table_clear(struct ev_table *table);

/* Is there room for one more?  Else ev_table_grow, then every number is put in
 * again. */
int	ev_table_full(const struct ev_table *table);
void	ev_table_grow(struct ev_table *table);
void	ev_table_put(struct ev_table *table, uint32_t hash, size_t number);

/* A walk over the numbers that may have a hash. */
struct ev_table_walk {
	const struct ev_table	*table;
	size_t			 at;
};
struct ev_table_walk ev_table_find(const struct ev_table *table,
	    uint32_t hash);
/* The next one, in the order in which they were put in; EV_TABLE_NONE: that
 * was all. */
size_t	ev_table_next(struct ev_table_walk *walk);

#endif
