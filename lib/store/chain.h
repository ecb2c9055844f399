/*
 * chain: a log as one sequence of bytes: its segments, then the file that has
 * its name (2-store 2.5, main rotation).
 *
 * Offsets are logical: bytes since the log began.  A log that was never rotated
 * is a chain of one file that begins at 0, and so is any file by itself.
 */
#ifndef EV_STORE_CHAIN_H
#define EV_STORE_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "store/place.h"
#include "store/segment.h"

/* Bytes that no file has: a segment is missing, or shorter than its name. */
struct ev_gap {
	uint64_t	from, to;
};

struct ev_chain {
	int		 fd;	/* of the last file; the caller's */
	uint64_t	 base;	/* offset of its first byte */
	int		 dir;	/* of the log; the caller's; -1: a file alone */
	const char	*log;	/* its name there; the caller's */
	bool		 listed; /* these are known */
	struct ev_segment *old;	/* before base, in order, none overlaps */
	size_t		 count;
	struct ev_gap	*gap;	/* before base, in order */
	size_t		 gaps;
};

/* A file alone, from its byte 0 on.  Needs no ev_chain_clear. */
#define EV_CHAIN_FILE(file) ((struct ev_chain){ .fd = (file), .dir = -1 })

/*
 * For a reader that has opened the log of a place (whose fd is the directory's,
 * see ev_guard_place): looks whether it was rotated, and lists its segments
 * then.  The state tells, when it fits; without one the directory is listed.
 * place->log is borrowed.  A log that is rotated between its opening and this
 * is read as far as it was.  0, or -1 with errno.
 */
int	ev_chain_open(struct ev_chain *chain, const struct ev_place *place,
	    int fd);

/*
 * Lists the segments anew.  base becomes where the last one ends, or `least`
 * when that is more: what lies between is a gap then.  A segment that is the
 * open file itself, and those behind it, are not the past of that.  0, or -1
 * with errno.
 */
int	ev_chain_list(struct ev_chain *chain, uint64_t least);

/* The same, unless they are known or there is nothing before base, which stays
 * what it is. */
int	ev_chain_know(struct ev_chain *chain);

/* Frees the lists; the file stays open. */
void	ev_chain_clear(struct ev_chain *chain);

/*
 * Up to n bytes at an offset: as many as there are before a gap or the end.
 * Their number; -1 with errno, ENODATA: in a gap.  Lists the segments when it
 * needs them and they are not known; several threads may read at a time once
 * they are.
 */
ssize_t	ev_chain_read(struct ev_chain *chain, void *to, size_t n,
	    uint64_t at);

/* The gap that an offset is in, or NULL. */
const struct ev_gap *ev_chain_gap(const struct ev_chain *chain, uint64_t at);
/*
 * The end of the last gap before an offset, or 0 (or base, while nobody needed
 * to know what is before that): the bytes from there to the offset are in one
 * piece; none when it is in the gap or at its end.
 */
uint64_t ev_chain_floor(struct ev_chain *chain, uint64_t at);

/*
 * CRC-32C of the last <= EV_STATE_TAIL bytes before an offset that are in one
 * piece; *last (may be NULL) is the last of them, LF when there is none.  0, or
 * -1 with errno (EIO: the log ends before).
 */
int	ev_chain_tail(struct ev_chain *chain, uint64_t end, uint32_t *crc,
	    char *last);

/*
 * Which file holds an offset: the name of the segment, malloced, or NULL: it is
 * the last file (or a gap).  *from: the offset of its first byte.
 */
char	*ev_chain_name(const struct ev_chain *chain, uint64_t at,
	    uint64_t *from);
/* Is a segment the last file itself?  So it is for a moment, when it is
 * rotated. */
bool	ev_chain_own(const struct ev_chain *chain,
	    const struct ev_segment *segment);
/* Where the file ends that holds an offset: UINT64_MAX for the last one. */
uint64_t ev_chain_until(const struct ev_chain *chain, uint64_t at);

#endif
