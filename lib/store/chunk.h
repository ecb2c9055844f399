/*
 * chunk: lines of the log, sorted into the partitions that get them.
 */
#ifndef EV_STORE_CHUNK_H
#define EV_STORE_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "store/extend.h"

/* What one partition gets: bytes of the window itself as long as its lines
 * follow each other there, else a copy. */
struct ev_share {
	int32_t		day;
	uint64_t	have;	/* for store/step: its length before */
	struct ev_due	due;
	struct ev_buf	copy;
};

#define EV_CHUNK_SHARES 512

/*
 * One step of the views' way after the log.  It is as long as the window and
 * the number of partitions allow: so what a writer that was killed in its step
 * may have left behind in views lies within the first step of the next one.
 */
struct ev_chunk {
	struct ev_share	*share;
	size_t		 shares, cap;
	struct ev_share	*newest;	/* of the last line */
	struct ev_map	*index;		/* by day: 1 + number; or NULL */
	struct ev_due	 all;		/* the feed's */
};

/* Starts anew, keeps memory; begin with zeros. */
void	ev_chunk_reset(struct ev_chunk *chunk);
void	ev_chunk_clear(struct ev_chunk *chunk);

/* Adds a line (with its LF); the bytes must last as long as the chunk.  False:
 * it belongs to one partition too many, the chunk is full. */
bool	ev_chunk_add(struct ev_chunk *chunk, int32_t day, const char *p,
	    size_t n);
/* Adds a line that no partition gets. */
void	ev_chunk_skip(struct ev_chunk *chunk, const char *p, size_t n);
/* Makes the chunk of one line that stays in its file, see struct ev_due. */
void	ev_chunk_set(struct ev_chunk *chunk, int32_t day, struct ev_due line);

#endif
