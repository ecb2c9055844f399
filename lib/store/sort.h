/*
 * sort: a whole log, sorted into new partitions under temporary names.
 */
#ifndef EV_STORE_SORT_H
#define EV_STORE_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "store/part.h"
#include "store/views.h"

/* A new partition. */
struct ev_heap {
	int32_t		day;
	uint64_t	n;	/* bytes in its temporary file; settled: in the
				 * plain file */
	uint64_t	used;	/* when it last got a line */
	struct ev_buf	more;	/* bytes to be written there */
};

struct ev_sort {
	struct ev_views	*views;
	struct ev_heap	*heap;
	size_t		 count, cap;
	struct ev_map	*index;		/* by day: 1 + number */
	struct ev_heap	*newest;	/* where the last line went */
	uint64_t	 clock, loaded;
};

#define EV_SORT_NAME (EV_PART_SIZE + 4)

/* The temporary name of a partition. */
void	ev_sort_name(int32_t day, char out[EV_SORT_NAME]);

/* Sorts the log's bytes [0, to); the files are in the private directory.  0 or
 * -1; ev_sort_end in both cases. */
int	ev_sort(struct ev_sort *sort, struct ev_views *views, uint64_t to,
	    struct ev_err *err);
void	ev_sort_end(struct ev_sort *sort);

/* The new partition of a day, or NULL. */
struct ev_heap *ev_sort_heap(const struct ev_sort *sort, int32_t day);

#endif
