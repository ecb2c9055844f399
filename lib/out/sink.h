/*
 * sink: where output goes: standard output, a pager before a terminal, or a
 * file that is there whole or not at all.
 *
 *	struct ev_sink sink;
 *	ev_sink_open(&sink, file, &err);
 *	ev_sink_write(&sink, p, n, &err);
 *	ev_sink_close(&sink, true, &err);
 */
#ifndef EV_OUT_SINK_H
#define EV_OUT_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct ev_sink {
	int		 fd;
	bool		 terminal;	/* standard output is one */
	const char	*pager;		/* set by the caller: for the first
					 * write; NULL: none */
	char		*path;		/* the file in the end, or NULL */
	struct ev_buf	 buf;
};

/*
 * file NULL or "/dev/stdout": standard output.  Else a temporary beside the file
 * takes its place when all is written (a link is followed, the mode stays); what
 * is there and no regular file (/dev/null, a FIFO) is written directly.
 */
int	ev_sink_open(struct ev_sink *sink, const char *file,
	    struct ev_err *err);

/* Bytes, buffered; the first ones start the pager. */
int	ev_sink_write(struct ev_sink *sink, const void *p, size_t n,
	    struct ev_err *err);
/* What is buffered goes out now. */
int	ev_sink_flush(struct ev_sink *sink, struct ev_err *err);

/*
 * Flushes, renames, waits for the pager.  keep false: the file stays as it
 * was.  The sink is gone also when this fails.
 */
int	ev_sink_close(struct ev_sink *sink, bool keep, struct ev_err *err);

#endif
