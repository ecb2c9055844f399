/*
 * plan: which values of a line are wanted, compiled for the scanner.
 *
 * Once built it is only read: threads may share it.
 */
#ifndef EV_JSON_PLAN_H
#define EV_JSON_PLAN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "json/path.h"

struct ev_plan;

struct ev_plan *ev_plan_new(void);
void	ev_plan_free(struct ev_plan *plan);

/*
 * The slot of the value at the first `steps` steps of path (object keys only,
 * at least one); the same path gives the same slot.
 */
int	ev_plan_add(struct ev_plan *plan, const struct ev_path *path,
	    size_t steps);

/* How many slots ev_scan_line fills. */
size_t	ev_plan_slots(const struct ev_plan *plan);

/*
 * The rest is for the scanner: a tree of the wanted keys.  A node's table is
 * open addressing over the key's first and last 8 bytes and its length.
 */
struct ev_plan_key {
	uint64_t	 head;	/* the first 8 bytes, 0 where it is shorter */
	uint64_t	 tail;	/* the last 8 bytes of one that is longer */
	const char	*text;	/* NULL: an empty place */
	uint32_t	 len;
	int32_t		 slot;	/* -1: only something below is wanted */
	int32_t		 node;	/* what is wanted below, -1: nothing */
};

struct ev_plan_node {
	struct ev_plan_key	*table;
	uint32_t		 mask;
	uint32_t		 count;
	int32_t			*below;	/* the slots under this node */
	size_t			 nbelow;
};

struct ev_plan {
	struct ev_plan_node	*node;	/* node[0]: the top level */
	size_t			 nnode;
	size_t			 slots;
};

static inline uint64_t
ev_plan_load(const char *p)
{
	uint64_t x;

	memcpy(&x, p, 8);
	return x;
}

/* The first 8 bytes of a key behind which 8 more can be read. */
static inline uint64_t
ev_plan_head(const char *key, size_t len)
{
	uint64_t x = ev_plan_load(key);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return len >= 8 ? x : x & ((UINT64_C(1) << (len * 8)) - 1);
#else
	return len >= 8 ? x : len == 0 ? 0 : x & (~UINT64_C(0) << (64 - len * 8));
#endif
}

/* The last 8 bytes of a key that is longer than the head, else 0. */
static inline uint64_t
ev_plan_tail(const char *key, size_t len)
{
	return len > 8 ? ev_plan_load(key + len - 8) : 0;
}

static inline uint32_t
ev_plan_hash(uint64_t head, uint64_t tail, size_t len)
{
	return (uint32_t)(((head ^ (tail << 23 | tail >> 41) ^ len) *
	    UINT64_C(0x9e3779b97f4a7c15)) >> 40);
}

/* The wanted key with this text, or NULL; 8 bytes behind key can be read. */
static inline const struct ev_plan_key *
ev_plan_find(const struct ev_plan_node *node, const char *key, size_t len)
{
	uint64_t head = ev_plan_head(key, len), tail = ev_plan_tail(key, len);
	uint32_t i = ev_plan_hash(head, tail, len) & node->mask;
	const struct ev_plan_key *k;

	for (;; i = (i + 1) & node->mask) {
		k = &node->table[i];
		if (k->text == NULL)
			return NULL;
		if (k->head == head && k->tail == tail && k->len == len &&
		    (len <= 16 || memcmp(k->text + 8, key + 8, len - 16) == 0))
			return k;
	}
}

#endif
