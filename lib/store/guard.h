/*
 * guard: files of a store, opened so that no link, device or FIFO in a foreign
 * repository can lead elsewhere (2-store 2.7).
 */
#ifndef EV_STORE_GUARD_H
#define EV_STORE_GUARD_H

#include <sys/types.h>

#include "base/err.h"

/* A descriptor of the place's directory (O_PATH | O_DIRECTORY). */
int	ev_guard_dir(const char *dir, struct ev_err *err);

/*
 * Opens `name` beneath dirfd with openat2 (RESOLVE_BENEATH | NO_SYMLINKS |
 * NO_MAGICLINKS; without it O_NOFOLLOW for each step): regular files only,
 * O_CLOEXEC and O_NONBLOCK added; never gives descriptor 0, 1 or 2.  -1 with
 * errno (ELOOP, EXDEV: a link; EINVAL: not a regular file) and the message.
 */
int	ev_guard_open(int dirfd, const char *name, int flags, mode_t mode,
	    struct ev_err *err);

#endif
