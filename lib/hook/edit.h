/*
 * edit: a small file of somebody's, read and replaced as a whole.
 *
 * What is written stands beside it as NAME.lock first, as git does it with its
 * own files, so nobody ever sees half of it.  No link is followed.
 */
#ifndef EV_HOOK_EDIT_H
#define EV_HOOK_EDIT_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Appends its bytes and gives its mode: 1, 0 when it is not there, -1: it
 * cannot be read, or is a link or no regular file. */
int	ev_edit_read(const char *path, struct ev_buf *text, mode_t *mode,
	    struct ev_err *err);

/* Replaces it, or makes it and the directory that it is in.  0 or -1. */
int	ev_edit_write(const char *path, struct ev_slice text, mode_t mode,
	    struct ev_err *err);

#endif
