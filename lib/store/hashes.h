/*
 * hashes: from hashes to small numbers, open addressing, 8 bytes a slot.
 *
 * It does not keep its keys: who uses it numbers his things from 0 and
 * says, for a number, whether it is the one that is looked for.  Several
 * numbers may have one hash.
 */
#ifndef EV_STORE_HASHES_H
#define EV_STORE_HASHES_H

#include <stddef.h>
#include <stdint.h>

struct ev_hashes_slot {
	uint32_t	 hash;
	uint32_t	 number;	/* number + 1, or 0 */
};

struct ev_hashes {
	struct ev_hashes_slot *slot;
	size_t		 size, used;
};

#define EV_HASHES_INIT { NULL, 0, 0 }
#define EV_HASHES_NONE SIZE_MAX

void	ev_hashes_clear(struct ev_hashes *table);

/* Puts a number in; the table grows as it has to. */
void	ev_hashes_put(struct ev_hashes *table, uint32_t hash, size_t number);

/* A walk over the numbers that have a hash. */
struct ev_hashes_walk {
	const struct ev_hashes	*table;
	size_t			 at;
	uint32_t		 hash;
};
struct ev_hashes_walk ev_hashes_find(const struct ev_hashes *table,
	    uint32_t hash);
/* The next one, in the order in which they were put in; EV_HASHES_NONE: that
 * was all. */
size_t	ev_hashes_next(struct ev_hashes_walk *walk);

/* A hash will soon be looked for: its slot is fetched into the cache. */
void	ev_hashes_soon(const struct ev_hashes *table, uint32_t hash);

#endif
