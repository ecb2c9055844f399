/*
 * whole: how far a log can be read for good, and whether it is the same one.
 */
#ifndef EV_STATS_WHOLE_H
#define EV_STATS_WHOLE_H

#include <stdint.h>

#include "base/err.h"
#include "input/source.h"

/* Makes a source end behind its last whole line.  0; -1: it is no plain file,
 * or cannot be read. */
int	ev_whole_cut(struct ev_source *source, struct ev_err *err);

/* A checksum of how a source begins and of what stands before byte `at` of
 * it.  0 or -1. */
int	ev_whole_mark(const struct ev_source *source, uint64_t at,
	    uint32_t *crc, struct ev_err *err);

#endif
