/*
 * seen: which lines have been there already.
 *
 * A line is known by 128 bits of its SHA-256, so that no two lines are taken
 * for one and memory grows by distinct lines, not by their length.
 */
#ifndef EV_READ_SEEN_H
#define EV_READ_SEEN_H

#include <stdbool.h>

#include "base/hash.h"
#include "base/slice.h"

struct ev_print128 {
	unsigned char	b[16];
};

/* The line's digest; sha is the caller's own, for threads. */
struct ev_print128 ev_seen_print(struct ev_sha256 *sha, struct ev_slice line);

struct ev_seen;
struct ev_seen *ev_seen_new(void);
void	ev_seen_free(struct ev_seen *seen);
/* True when the line was not there yet; it is from now on. */
bool	ev_seen_add(struct ev_seen *seen, const struct ev_print128 *print);

#endif
