/*
 * ties: the order of events that have the same time: by id, then by bytes
 * (4-views 4.1), the lines being read again.
 */
#ifndef EV_INPUT_TIES_H
#define EV_INPUT_TIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "event/event.h"
#include "input/again.h"

/* A line's place and time; `at` orders by source, then offset. */
struct ev_item {
	int64_t		sec;
	uint32_t	nsec;
	uint32_t	length;		/* bytes, without LF */
	uint64_t	at;		/* ev_item_at */
};

#define EV_ITEM_OFFSET_BITS 44		/* 16 TiB; the rest: 2^20 sources */

static inline uint64_t
ev_item_at(size_t source, uint64_t offset)
{
	return (uint64_t)source << EV_ITEM_OFFSET_BITS | offset;
}

static inline size_t
ev_item_source(const struct ev_item *item)
{
	return (size_t)(item->at >> EV_ITEM_OFFSET_BITS);
}

static inline uint64_t
ev_item_offset(const struct ev_item *item)
{
	return item->at & (((uint64_t)1 << EV_ITEM_OFFSET_BITS) - 1);
}

struct ev_ties;

/* model wants EV_ID; again is borrowed. */
struct ev_ties *ev_ties_new(const struct ev_model *model,
	    struct ev_again *again);
void	ev_ties_free(struct ev_ties *ties);

/*
 * Sorts items by id (by_id) and bytes, equal lines by `at`.  However many they
 * are, only a few MiB of lines are in memory at once.  -1: a line could not be
 * read again.
 */
int	ev_ties_sort(struct ev_ties *ties, struct ev_item *items, size_t n,
	    bool by_id, struct ev_err *err);

#endif
