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
#include "input/trail.h"

struct ev_source {
	char		*name;		/* as people call it, "-" for stdin */
	bool		 store;		/* a store's log: I7 holds for its end */
	int		 fd;		/* the trail's when there is one */
	struct ev_trail	*trail;		/* of a plain regular file, unread */
	bool		 seekable;	/* ev_source_at gives all there is */
	uint64_t	 size;		/* when seekable, at the time of open */
	struct ev_unpack *unpack;	/* between fd and reader; NULL: none */
};

/*
 * Opens a file ("-" is standard input); gz and zst are known by their first
 * bytes.  Not a directory; a FIFO waits for its writer as cat does.
 */
int	ev_source_open(struct ev_source *source, const char *name,
	    struct ev_err *err);
/* A store's log, with its segments (input/trail.h): its absolute path, and what
 * people call it. */
int	ev_source_open_log(struct ev_source *source, const char *path,
	    const char *name, struct ev_err *err);
/* The same, open already as fd, which becomes the source's (or is closed). */
int	ev_source_log(struct ev_source *source, int fd, const char *path,
	    const char *name, struct ev_err *err);
/* An open regular file of so many bytes, which becomes the source's. */
void	ev_source_file(struct ev_source *source, const char *name, int fd,
	    uint64_t size);
void	ev_source_close(struct ev_source *source);

/* The next bytes of a source that is read from front to end; 0 at the end. */
ssize_t	ev_source_read(struct ev_source *source, void *to, size_t n,
	    struct ev_err *err);

/*
 * Up to n bytes of a source with a trail at an offset, as many as there are;
 * their number, or -1.  Threads may read side by side.
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
