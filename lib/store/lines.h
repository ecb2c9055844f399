/*
 * lines: the whole lines of a range of a file or a log, from front to end.
 */
#ifndef EV_STORE_LINES_H
#define EV_STORE_LINES_H

#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "store/chain.h"

/* A longer line is not loaded: it belongs to no day and has no id. */
#define EV_LINES_LONGEST (64u << 20)

struct ev_lines {
	struct ev_chain	 file;	/* when there is no log */
	struct ev_chain	*log;	/* the caller's, or NULL */
	uint64_t	 at;	/* offset of buf.p[0] */
	uint64_t	 end;	/* of the range */
	int64_t		 until;	/* of ev_clock_mono; 0: no end */
	size_t		 pos;	/* of the next line in buf */
	struct ev_buf	 buf;
};

/* Bytes [from, end); a line begins at from.  Who sets `until` gets -1 with
 * ETIMEDOUT from then on. */
void	ev_lines_begin(struct ev_lines *lines, int fd, uint64_t from,
	    uint64_t end);
/* The same of a log, by logical offsets.  A line that a gap cuts off is none;
 * the first one behind a gap begins where that ends. */
void	ev_lines_of(struct ev_lines *lines, struct ev_chain *log,
	    uint64_t from, uint64_t end);
void	ev_lines_clear(struct ev_lines *lines);

/*
 * The next line without its LF and its offset; the line's bytes are good until
 * the next call, an LF and readable bytes as ev_scan_line wants them stand
 * behind it.  A line over EV_LINES_LONGEST has p == NULL.  1; 0 at the end: a
 * rest without LF is no line; -1 with errno.
 */
int	ev_lines_next(struct ev_lines *lines, struct ev_slice *line,
	    uint64_t *at);

/*
 * The line that begins at an offset of the range, read again; the next
 * ev_lines_next goes on behind it.  Otherwise as ev_lines_next.
 */
int	ev_lines_at(struct ev_lines *lines, uint64_t at,
	    struct ev_slice *line);

#endif
