/*
 * needle: which of a few literals stand in a line, found in one pass.
 */
#ifndef EV_PARSE_NEEDLE_H
#define EV_PARSE_NEEDLE_H

#include <stdint.h>

#include "base/slice.h"

#define EV_NEEDLES_MOST 192

/* A set of literals, as bits. */
struct ev_needles_found {
	uint64_t	bit[EV_NEEDLES_MOST / 64];
};

struct ev_needles;

struct ev_needles *ev_needles_new(void);
void	ev_needles_free(struct ev_needles *needles);

/*
 * The number of a literal of at least two bytes, which is borrowed; the same
 * text has the same number.  At most EV_NEEDLES_MOST.
 */
int	ev_needles_add(struct ev_needles *needles, const char *text);

/* Writes which of them stand in a text. */
void	ev_needles_find(const struct ev_needles *needles, struct ev_slice text,
	    struct ev_needles_found *found);

static inline int
ev_needles_has(const struct ev_needles_found *found, int needle)
{
	return found->bit[needle / 64] >> (needle % 64) & 1;
}

#endif
