/*
 * ordinal: the how-manieth of the equal lines of an input a line is
 * (1-events 1.3, 2-store I6).
 *
 * Lines are known by 64 bits of SipHash, 16 bytes a slot, whatever their
 * length.
 */
#ifndef EV_EMIT_ORDINAL_H
#define EV_EMIT_ORDINAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct ev_ordinal {
	uint64_t	hash, count;	/* count 0: a free slot */
};

struct ev_ordinals {
	struct ev_ordinal *slot;
	size_t		   size, used;	/* size: 0 or a power of two */
};

#define EV_ORDINALS_INIT { NULL, 0, 0 }

/* Counts the line in: 1 for the first of its kind. */
uint64_t ev_ordinals_count(struct ev_ordinals *ordinals, struct ev_slice line);
void	ev_ordinals_clear(struct ev_ordinals *ordinals);

#endif
