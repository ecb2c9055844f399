/*
 * need: what the cursors of a log, a day file or a feed have not read yet.
 */
#ifndef EV_FSCK_NEED_H
#define EV_FSCK_NEED_H

#include <stdint.h>

#include "base/err.h"
#include "fsck/shot.h"
#include "tail/shelf.h"

struct ev_need {
	uint64_t	least;	/* from here on; UINT64_MAX: nothing */
	char		name[EV_CURSOR_NAME + 1];	/* whose it is */
};

/* Of the store's log: its cursors; one that is lost or damaged will read all of
 * it.  0 or -1. */
int	ev_need_log(struct ev_need *need, struct ev_shot *shot,
	    struct ev_err *err);

/* The user's own cursors of the file `path`, which is open and has `size`
 * bytes.  0 or -1. */
int	ev_need_file(struct ev_need *need, const char *path, int fd,
	    uint64_t size, const struct ev_custom *custom, struct ev_err *err);

#endif
