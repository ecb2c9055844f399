/*
 * heap: any number of leaves, sorted in bounded memory.
 *
 * Up to 32 MiB of them are held (and as much while they are sorted); more go,
 * in sorted runs, to a file without a name, of which 64 KiB a run are held when
 * it is read: 10 million leaves are 16 runs.
 */
#ifndef EV_SEAL_HEAP_H
#define EV_SEAL_HEAP_H

#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"

#define EV_LEAF_TAG 8	/* bytes of a seal's root that stand for it */

/* Where a leaf was seen; of equal leaves this is their order, too. */
enum ev_leaf_kind {
	EV_LEAF_LINE,		/* in the log */
	EV_LEAF_SEALED		/* in a file of leaves */
};

struct ev_leaf {
	int32_t		  day;
	enum ev_leaf_kind kind;
	unsigned char	  hash[EV_SHA256_SIZE];
	uint64_t	  at;	/* of a line: its offset */
	uint32_t	  n;	/* of a line: its bytes without LF */
	unsigned char	  tag[EV_LEAF_TAG];	/* of others: the seal's */
};

struct ev_heaped;

struct ev_heaped *ev_heaped_new(void);
void	ev_heaped_free(struct ev_heaped *heap);

/* Adds a leaf.  0; -1 the file cannot be written. */
int	ev_heaped_add(struct ev_heaped *heap, const struct ev_leaf *leaf,
	    struct ev_err *err);
/* Sorts by day, hash, kind, offset; ev_heaped_next begins at the first one,
 * also when some were read before.  0 or -1. */
int	ev_heaped_sort(struct ev_heaped *heap, struct ev_err *err);
/* 1, 0 at the end, -1. */
int	ev_heaped_next(struct ev_heaped *heap, struct ev_leaf *leaf,
	    struct ev_err *err);

#endif
