/*
 * ties: the order of events that have the same time: by id (one without
 * an id first), then by bytes (4-views 4.1), the lines being read again.
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

/* The time of an event that has none: later than all. */
#define EV_ITEM_NO_SEC INT64_MAX
#define EV_ITEM_NO_NSEC UINT32_MAX

static inline bool
ev_item_has_time(const struct ev_item *item)
{
	return item->nsec != EV_ITEM_NO_NSEC;
}

/* By their times alone: -1, 0, 1. */
static inline int
ev_item_time_cmp(const struct ev_item *a, const struct ev_item *b)
{
	if (a->sec != b->sec)
		return a->sec < b->sec ? -1 : 1;
	return (a->nsec > b->nsec) - (a->nsec < b->nsec);
}

struct ev_ties;

/* model wants EV_ID; again is borrowed. */
struct ev_ties *ev_ties_new(const struct ev_model *model,
	    struct ev_again *again);
void	ev_ties_free(struct ev_ties *ties);

/* Compares two items of one time in *diff: -1, 0 (equal lines), 1.  -1: see below. */
int	ev_ties_cmp(struct ev_ties *ties, const struct ev_item *a,
	    const struct ev_item *b, int *diff,
	    struct ev_err *err);

/*
 * Sorts items of one time by id (when they have a time) and bytes, equal lines
 * by `at`.  However many they
 * are, only a few MiB of lines are in memory at once.  -1: a line could not be
 * read again.
 */
int	ev_ties_sort(struct ev_ties *ties, struct ev_item *items, size_t n,
	    struct ev_err *err);

#endif
