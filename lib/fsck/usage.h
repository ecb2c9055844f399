/*
 * usage: what a store takes on the disk, file by file (--usage).
 */
#ifndef EV_FSCK_USAGE_H
#define EV_FSCK_USAGE_H

#include "base/err.h"
#include "grid/grid.h"
#include "store/place.h"

/* Fills the grid (file, kind, lines, bytes, and of what is compressed the bytes
 * that it holds), which is to be cleared in any case.  0 or -1. */
int	ev_usage(struct ev_grid *grid, struct ev_place *place,
	    struct ev_err *err);

#endif
