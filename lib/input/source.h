/*
 * source: one input of a reader, plain, gzip or zstd, file or pipe.
 */
#ifndef EV_INPUT_SOURCE_H
#define EV_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

struct ev_source {
	char		*name;		/* as people call it, "-" for stdin */
	bool		 store;		/* a store's log: I7 holds for its end */
	int		 fd;
	bool		 seekable;	/* plain regular file, unread: pread */
	uint64_t	 size;		/* when seekable, at the time of open */
	struct ev_unpack *unpack;	/* between fd and reader; NULL: none */
};

/*
 * Opens a file ("-" is standard input, unless store); gz and zst are known by
 * their first bytes.  Not a directory; a FIFO waits for its writer as cat does
 * (a store's log can only be a regular file).
 */
int	ev_source_open(struct ev_source *source, const char *name, bool store,
	    struct ev_err *err);
void	ev_source_close(struct ev_source *source);

/* The next bytes of a source that is read from front to end; 0 at the end. */
ssize_t	ev_source_read(struct ev_source *source, void *to, size_t n,
	    struct ev_err *err);

/*
 * Up to n bytes of a seekable source at an offset, as many as there are; their
 * number, or -1.  Threads may read side by side.
 */
ssize_t	ev_source_at(const struct ev_source *source, void *to, size_t n,
	    uint64_t at, struct ev_err *err);

/*
 * Makes a source seekable: what is compressed or comes from a pipe is copied
 * to an unlinked temporary file ($TMPDIR, else /tmp) first.  -1: it could not
 * be read to its end; what came before is there when it is seekable now.
 */
int	ev_source_settle(struct ev_source *source, struct ev_err *err);

#endif
