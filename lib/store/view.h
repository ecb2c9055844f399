/*
 * view: the file of one view: a partition, or the feed (2-store 2.1).
 */
#ifndef EV_STORE_VIEW_H
#define EV_STORE_VIEW_H

#include <stdint.h>

#include "base/err.h"
#include "store/dir.h"

/* Stands for the feed where a partition's day is asked for. */
#define EV_VIEW_FEED (-2)

/* Opens it (flags, st and failure as ev_dir_inside). */
int	ev_view_open(const struct ev_dir *dir, int32_t day, int flags,
	    struct stat *st, struct ev_err *err);

/* "cannot VERB 'its path': errno".  -1 with errno. */
int	ev_view_fail(const struct ev_dir *dir, const char *verb, int32_t day,
	    struct ev_err *err);
/* "'its path' is not what the log says".  0. */
int	ev_view_bad(const struct ev_dir *dir, int32_t day,
	    struct ev_err *err);

#endif
