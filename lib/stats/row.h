/*
 * row: one group of events as the cells of a grid.
 */
#ifndef EV_STATS_ROW_H
#define EV_STATS_ROW_H

#include "stats/aggregate.h"

struct ev_group_row {
	struct ev_key	 key;	/* with --every its bucket is the row's */
	uint64_t	 count;
	bool		 compared; /* previous is known */
	uint64_t	 previous;
	uint64_t	 total;	/* events of all rows, for shares */
	double		 hours;	/* for rates; 0: not known */
	union ev_acc	*acc;	/* NULL: of no event */
};

void	ev_row_columns(const struct ev_aggregate *plan,
	    struct ev_grid *grid);
/* Whether each column has a name of its own: objects (-o jsonl) and --sort know
 * columns by these.  0, or -1: which is there twice. */
int	ev_row_columns_check(const struct ev_aggregate *plan,
	    struct ev_err *err);
void	ev_row_cells(const struct ev_aggregate *plan,
	    const struct ev_group_row *row, struct ev_grid *grid);

/* The row of a group: key, counts, accumulators. */
struct ev_group_row ev_row_of(const struct ev_table *table,
	    struct ev_group *group);
/* qsort's order of rows: by bucket, the greater count first, by the group's
 * bytes; "other" after all others of its bucket. */
int	ev_row_cmp(const void *a, const void *b);

#endif
