/*
 * state: how far the views of a store are (2-store 2.1).
 */
#ifndef EV_STORE_STATE_H
#define EV_STORE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "event/ident.h"

#define EV_STATE_PARTS	8	/* partitions that are kept in mind */
#define EV_STATE_FIT	5	/* as many always fit into a slot */
#define EV_STATE_TAIL	64	/* bytes that a checksum covers, at most */
#define EV_STATE_HEX	17	/* 16 hex digits and a NUL */
#define EV_ROUTING	1	/* the version of the rule that makes days */

/* A partition: "2026-01-06.jsonl" or "rejected.log". */
struct ev_part {
	int32_t		day;	/* store/part.h */
	uint32_t	crc;	/* CRC-32C of its last <= EV_STATE_TAIL bytes */
	uint64_t	n;	/* bytes that it has */
};

struct ev_state {
	uint64_t	seq;		/* the slot's number */
	uint64_t	gen;		/* how often the log was replaced */
	uint64_t	rv;		/* EV_ROUTING when it was written */
	uint64_t	m;		/* bytes of the log applied to the views */
	uint64_t	base;		/* the log's offset where its own file
					 * begins, see store/chain; 0 */
	uint64_t	fb, fl;		/* the feed is the log's [fb, fb + fl) */
	uint32_t	mc;		/* CRC-32C of the <= 64 bytes before m */
	uint64_t	floor;		/* day files before this day were
					 * dropped for good; 0: none */
	uint64_t	packing;	/* this day's lines may stand both in its
					 * compressed and its plain file; 0 */
	bool		rotating;	/* base may be more than that */
	bool		redact;		/* see store/tomb */
	bool		stale;		/* the views are not to be relied on */
	bool		unforced;	/* they were made anew and not forced
					 * to the disk: of no use to another
					 * boot */
	bool		wide;		/* a wide step began, see store/intent */
	char		log[EV_STATE_HEX];	/* the log's own random name */
	char		boot[EV_STATE_HEX];	/* which boot wrote it */
	char		last[EV_UUID_SIZE];	/* last UUIDv7 made, or "" */
	struct ev_part	part[EV_STATE_PARTS];	/* last used first */
	size_t		parts;
};

/* A state for a log that has none: nothing applied, a new log name. */
void	ev_state_new(struct ev_state *state);

/* Was the day dropped (--keep)? */
bool	ev_state_dropped(const struct ev_state *state, int32_t day);
/* Forgets a partition. */
void	ev_state_forget(struct ev_state *state, int32_t day);

/* The partition, or NULL when it is not kept in mind. */
const struct ev_part *ev_state_part(const struct ev_state *state,
	    int32_t day);
/* Sets a partition and moves it to the front; the last one may fall out. */
void	ev_state_use(struct ev_state *state, struct ev_part part);

/* This boot's name; "" where the kernel does not tell. */
void	ev_state_boot(char out[EV_STATE_HEX]);

#endif
