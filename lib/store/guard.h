/*
 * guard: files of a store, opened so that no link, device or FIFO in a foreign
 * repository can lead elsewhere (2-store 2.7).
 */
#ifndef EV_STORE_GUARD_H
#define EV_STORE_GUARD_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/err.h"
#include "store/place.h"

/* A descriptor of a place's directory (O_PATH | O_DIRECTORY). */
int	ev_guard_dir(const char *dir, struct ev_err *err);
/* The same, opened once for all who need it: it stays the place's.  -1 with
 * errno and the message. */
int	ev_guard_place(struct ev_place *place, struct ev_err *err);

/*
 * Opens `name` beneath dirfd with openat2 (RESOLVE_BENEATH | NO_SYMLINKS |
 * NO_MAGICLINKS; without it O_NOFOLLOW for each step): regular files only,
 * O_CLOEXEC and O_NONBLOCK added; never gives descriptor 0, 1 or 2.  -1 with
 * errno (ELOOP, EXDEV: a link; EINVAL: not a regular file) and the message.
 */
int	ev_guard_open(int dirfd, const char *name, int flags, mode_t mode,
	    struct ev_err *err);

/*
 * The same, with what fstat said in *st and without a message: -1 with errno,
 * for ev_guard_fail.  With O_DIRECTORY in flags a directory is what is wanted.
 * st == NULL: the caller looks for himself whether it is a regular file.
 */
int	ev_guard_open_stat(int dirfd, const char *name, int flags,
	    mode_t mode, struct stat *st);

/* The message for errno as ev_guard_open_stat left it (and keeps it).  -1. */
int	ev_guard_fail(const char *shown, struct ev_err *err);

/*
 * True for an errno of ev_guard_open_stat that means: what stands there is
 * refused, it is a link, a device, a FIFO, a directory.
 */
bool	ev_guard_refused(int error);

#endif
