/*
 * position: a place in a log that outlives the log's being rewritten, as one
 * printable word (2-store 2.5).
 */
#ifndef EV_TAIL_POSITION_H
#define EV_TAIL_POSITION_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "event/event.h"
#include "store/chain.h"

#define EV_POSITION_TAIL 64	/* bytes of the last line's end, at most */
#define EV_POSITION_ID 128

struct ev_position {
	char		log[17];	/* the log's own name, or "" */
	uint64_t	gen;		/* how often it was replaced */
	uint64_t	offset;
	uint32_t	crc;		/* CRC-32C of the <= 64 bytes before */
	char		tail[EV_POSITION_TAIL];	/* of the line before it */
	size_t		tail_n;
	char		id[EV_POSITION_ID + 1];	/* that line's; "": none */
};

/* The place `offset` of a log (or of a file, EV_CHAIN_FILE); ev's model wants
 * EV_ID.  log and gen of pos are left alone.  0, or -1 with errno. */
int	ev_position_take(struct ev_position *pos, struct ev_chain *in,
	    uint64_t offset, struct ev_event *ev);

/* Appends the word; reads one: false when it is none. */
void	ev_position_write(const struct ev_position *pos, struct ev_buf *out);
bool	ev_position_read(struct ev_position *pos, const char *word);

/* A position of which only the id of the last line is known. */
void	ev_position_of_id(struct ev_position *pos, const char *id);

/*
 * Where the position is in the first `size` bytes of a log now: where it was,
 * else behind the same line, else behind the line with its id.  1; 0: it is
 * nowhere; -1 with errno.
 */
int	ev_position_find(const struct ev_position *pos, struct ev_chain *in,
	    uint64_t size, struct ev_event *ev, uint64_t *offset);

#endif
