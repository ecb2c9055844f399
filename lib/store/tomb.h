/*
 * tomb: lines of a store are written over, each by one of the same length
 * (ev-fsck --redact).
 *
 * What is to be written stands in the file "redact" first, and the state says
 * so (its `redact`, and that the views are stale).  Who is killed in between
 * leaves it to the next writer.  Nothing moves: offsets stay what they are.
 */
#ifndef EV_STORE_TOMB_H
#define EV_STORE_TOMB_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/views.h"

/* The lines, as the text of that file. */
struct ev_tombs {
	struct ev_buf	text;
	size_t		count;
	uint64_t	end;	/* of the last one in its file */
};

#define EV_TOMBS_INIT { EV_BUF_INIT, 0, 0 }

/* Adds a line: `name` is beneath the store's directory, fd the file, line what
 * takes the place of as many bytes at an offset of it.  Those of a file are
 * added in their order.  0 or -1. */
int	ev_tombs_add(struct ev_tombs *tombs, const char *name, int fd,
	    uint64_t at, struct ev_slice line, struct ev_err *err);
void	ev_tombs_clear(struct ev_tombs *tombs);

/* Under the lock: writes them all.  The views are stale after that.  0 or
 * -1. */
int	ev_tombs_write(struct ev_tombs *tombs, struct ev_views *views,
	    struct ev_err *err);

/* Under the lock, when the state says so: what a killed process began is
 * ended.  0 or -1. */
int	ev_tombs_end(struct ev_views *views, struct ev_err *err);

#endif
