/*
 * dayfile: a view from front to end: of a day the compressed lines, then the
 * plain ones (2-store 2.5).
 */
#ifndef EV_STORE_DAYFILE_H
#define EV_STORE_DAYFILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "store/dir.h"

struct ev_dayfile {
	const struct ev_dir	*dir;
	int32_t			 day;	/* or EV_VIEW_FEED */
	int			 packed, plain;	/* descriptors; -1: none */
	int			 copy;	/* of ev_dayfile_whole; -1: none */
	struct ev_unpack	*unpack; /* while compressed lines come */
	char			*name;	/* of the compressed file */
	uint64_t		 at;	/* bytes of the plain file read */
	uint64_t		 end;	/* of it: no more are read; its size */
};

/* 1; 0: there is none; -1.  To be closed in any case. */
int	ev_dayfile_open(struct ev_dayfile *file, const struct ev_dir *dir,
	    int32_t day, struct ev_err *err);
void	ev_dayfile_close(struct ev_dayfile *file);

/* Up to n bytes; 0 at the end; -1, also when the compressed file is
 * damaged. */
ssize_t	ev_dayfile_read(struct ev_dayfile *file, void *to, size_t n,
	    struct ev_err *err);
/* The same, as many of n as there are. */
ssize_t	ev_dayfile_fill(struct ev_dayfile *file, void *to, size_t n,
	    struct ev_err *err);

/*
 * The whole of it as a file for ev_lines: the plain file itself, or a copy that
 * has no name; the descriptor stays the dayfile's, which must not have been
 * read.  *n: its bytes.  -1.
 */
int	ev_dayfile_whole(struct ev_dayfile *file, uint64_t *n,
	    struct ev_err *err);

/* The name of a view as people know it, malloced; packed: of its compressed
 * file. */
char	*ev_dayfile_shown(const struct ev_dir *dir, int32_t day, bool packed);

#endif
