/*
 * failif: is there a row for which an expression is true (--fail-if)?
 *
 * A name is a column, in quotes when other characters than those of a field
 * stand in it; of a grid with the columns metric and value also a metric, which
 * then means its value in every row.  Numbers compare by value, all else by
 * its bytes.  A comparison with null is neither true nor false, as in SQL.
 */
#ifndef EV_STATS_FAILIF_H
#define EV_STATS_FAILIF_H

#include "base/err.h"
#include "grid/grid.h"
#include "stats/condition.h"

/* 1: there is one (panels too); 0: there is none; -1: a name is no column of
 * it, the message says which. */
int	ev_failif_any(const struct ev_condition *condition,
	    const struct ev_grid *grid, struct ev_err *err);

#endif
