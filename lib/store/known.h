/*
 * known: what a log holds already: lines by their bytes, events by their ids
 * (2-store 2.3 I6, 2.4 W5).
 *
 * Made by one pass over the log and extended by what is appended later; about
 * 40 bytes per distinct line, 15 more with ids, whatever its length.  It also
 * counts how often its user asked for a line, so that each is hashed and looked
 * for once.
 */
#ifndef EV_STORE_KNOWN_H
#define EV_STORE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct ev_chain;
struct ev_custom;
struct ev_known;

/* ids: look-ups by id are wanted; lines are then parsed, and those that are
 * no sound event left out.  custom: the user's dialects, or NULL. */
struct ev_known *ev_known_new(bool ids, const struct ev_custom *custom);
void	ev_known_free(struct ev_known *known);
/* Forgets the log, but not what was asked for; ids that were wanted stay so. */
void	ev_known_reset(struct ev_known *known, bool ids);
bool	ev_known_ids(const struct ev_known *known);

/* Where the pass has come to.  It may be moved over lines that were added. */
uint64_t ev_known_end(const struct ev_known *known);
void	ev_known_move(struct ev_known *known, uint64_t end);
/* Takes in the lines from there to `to`.  0, or -1 with errno; ETIMEDOUT from
 * the moment `until` of ev_clock_mono on (0: none). */
int	ev_known_read(struct ev_known *known, struct ev_chain *in, uint64_t to,
	    int64_t until);

/* What a line and its id (which may be empty) are known by: of the line a byte
 * order mark in front and a CR at the end do not count. */
struct ev_known_key {
	uint64_t	line;
	uint32_t	id;	/* 0: none */
};
struct ev_known_key ev_known_key(struct ev_slice line, struct ev_slice id);
/* A key will soon be looked for: asked for many, memory answers faster. */
void	ev_known_soon(const struct ev_known *known, struct ev_known_key key);

/*
 * Takes in a line that is to be appended; at stands for its place, until
 * ev_known_place says where it is.  Gives its number.
 */
size_t	ev_known_add(struct ev_known *known, struct ev_known_key key,
	    uint64_t at);
void	ev_known_place(struct ev_known *known, size_t number, uint64_t at);

/* How often the log holds the line. */
uint64_t ev_known_count(const struct ev_known *known,
	    struct ev_known_key key);
/* Asks for one more of a line: is it there, besides those that were asked for
 * before? */
bool	ev_known_ask(struct ev_known *known, struct ev_known_key key);
/* Takes an ev_known_ask back. */
void	ev_known_unask(struct ev_known *known, struct ev_known_key key);

#define EV_KNOWN_MOST 64
/*
 * The places of distinct lines whose event may have the key's id (to be
 * confirmed), the first EV_KNOWN_MOST of them.  Their number.
 */
size_t	ev_known_by_id(const struct ev_known *known, struct ev_known_key key,
	    uint64_t at[EV_KNOWN_MOST]);

/* Is the id of this line (terms of ev_scan_line) that one? */
bool	ev_known_is(const struct ev_known *known, struct ev_slice line,
	    struct ev_slice id);

/* A bit that no offset has: for places that are not in the log. */
#define EV_KNOWN_ELSEWHERE (1ull << 41)

#endif
