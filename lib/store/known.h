/*
 * known: what a log holds already: lines by their bytes, events by their ids
 * (2-store 2.3 I6, 2.4 W5).
 *
 * Made by one pass over the log and extended by what is appended later; about
 * 30 bytes per distinct line, whatever its length.
 */
#ifndef EV_STORE_KNOWN_H
#define EV_STORE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct ev_known;

/* ids: look-ups by id are wanted; lines are then parsed, and those that are
 * no sound event left out. */
struct ev_known *ev_known_new(bool ids);
void	ev_known_free(struct ev_known *known);
bool	ev_known_ids(const struct ev_known *known);

/* Where the pass has come to.  It may be moved over lines that were added. */
uint64_t ev_known_end(const struct ev_known *known);
void	ev_known_move(struct ev_known *known, uint64_t end);
/* Takes in the lines from there to `to`.  0, or -1 with errno. */
int	ev_known_read(struct ev_known *known, int fd, uint64_t to);

/*
 * Takes in a line that is to be appended; at stands for its place, until
 * ev_known_place says where it is.  Gives its number; id may be empty.
 */
size_t	ev_known_add(struct ev_known *known, struct ev_slice line,
	    struct ev_slice id, uint64_t at);
void	ev_known_place(struct ev_known *known, size_t number, uint64_t at);

/* How often the log holds a line with these bytes (a byte order mark in front
 * and a CR at the end do not count). */
uint64_t ev_known_count(const struct ev_known *known, struct ev_slice line);

#define EV_KNOWN_MOST 64
/*
 * The places of distinct lines whose event may have this id (to be confirmed),
 * the first EV_KNOWN_MOST of them.  Their number.
 */
size_t	ev_known_by_id(const struct ev_known *known, struct ev_slice id,
	    uint64_t at[EV_KNOWN_MOST]);

/* Is the id of this line (terms of ev_scan_line) that one? */
bool	ev_known_is(const struct ev_known *known, struct ev_slice line,
	    struct ev_slice id);

/* A bit that no offset has: for places that are not in the log. */
#define EV_KNOWN_ELSEWHERE (1ull << 41)

#endif
