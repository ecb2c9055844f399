/*
 * glean: the leaves of a log, by all cores.
 */
#ifndef EV_SEAL_GLEAN_H
#define EV_SEAL_GLEAN_H

#include <stdint.h>

#include "base/err.h"
#include "seal/heap.h"
#include "store/dir.h"

/*
 * Adds a leaf for each whole line of the log whose own day (store/route.h) is
 * within [from, to); damaged lines and those that belong to no day have none.
 * A byte order mark at the log's beginning belongs to no line.  threads: 0 as
 * many as cores.  0 (also without a log) or -1.
 */
int	ev_glean(struct ev_heaped *heap, const struct ev_dir *dir, int32_t from,
	    int32_t to, unsigned threads, struct ev_err *err);

/* Turns offsets of lines in the log, in rising order, into their numbers (from
 * 1) in the log's file or its segments, whose names as people know them are put
 * into file[] (malloced; NULL where there is no such line).  0 or -1. */
int	ev_glean_numbers(const struct ev_dir *dir, uint64_t *at, char **file,
	    size_t n, struct ev_err *err);

#endif
