/*
 * chunk: lines of the log, sorted into the partitions that get them.
 */
#ifndef EV_STORE_CHUNK_H
#define EV_STORE_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "store/extend.h"
#include "store/state.h"

/* What one partition gets: bytes of the window itself as long as its lines
 * follow each other there, else a copy. */
struct ev_share {
	int32_t		day;
	struct ev_due	due;
	struct ev_buf	copy;
};

/*
 * One step of a view's way after the log.  It touches at most as many
 * partitions as a state is sure to keep in mind, and is as long as that and
 * the window allow: so what a writer that was killed in its step may have
 * left behind in views lies within the first step of the next writer.
 */
struct ev_chunk {
	struct ev_share	share[EV_STATE_FIT];
	size_t		shares;
	struct ev_due	all;	/* the feed's */
};

/* Starts anew, keeps memory; begin with zeros. */
void	ev_chunk_reset(struct ev_chunk *chunk);
void	ev_chunk_clear(struct ev_chunk *chunk);

/* Adds a line (with its LF); the bytes must last as long as the chunk.  False:
 * it belongs to one partition too many, the chunk is full. */
bool	ev_chunk_add(struct ev_chunk *chunk, int32_t day, const char *p,
	    size_t n);
/* Makes the chunk of one line that stays in its file, see struct ev_due. */
void	ev_chunk_set(struct ev_chunk *chunk, int32_t day, struct ev_due line);

#endif
