/*
 * seen: which lines have been there already.
 *
 * A line is known by 128 bits of its SHA-256, so that no two lines are taken
 * for one and memory grows by distinct lines, not by their length.
 */
#ifndef EV_READ_SEEN_H
#define EV_READ_SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/slice.h"

struct ev_print128 {
	unsigned char	b[16];
};

/* The line's digest; sha is the caller's own, for threads. */
struct ev_print128 ev_seen_print(struct ev_sha256 *sha, struct ev_slice line);

struct ev_seen;
struct ev_seen *ev_seen_new(void);
/* The same for prints that begin with an ev_sip of their own, which is where
 * they are looked for: that of the whole print need not be made. */
struct ev_seen *ev_seen_new_keyed(void);
void	ev_seen_free(struct ev_seen *seen);
/* True when the line was not there yet; it is from now on. */
bool	ev_seen_add(struct ev_seen *seen, const struct ev_print128 *print);
/* Says that a print that begins with this is soon asked for, of a keyed set. */
void	ev_seen_expect(const struct ev_seen *seen, uint64_t hash);

#endif
