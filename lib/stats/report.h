/*
 * report: how a report takes part in the one pass over the inputs.
 *
 * A report is a row of functions.  The pass gives each worker an accumulator
 * of its own (no locks), and merges them all in the end; so does --merge with
 * those that other runs have saved.  Therefore merge must give the same table
 * for any split of the events and any order of merging: what depends on order
 * goes by the events' own (time, id), never by where they came from.
 */
#ifndef EV_STATS_REPORT_H
#define EV_STATS_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "cli/opt.h"
#include "event/event.h"
#include "filter/filter.h"
#include "grid/grid.h"

/* What is asked of a table, texts as the options have them; NULL: not given. */
struct ev_ask {
	const char	*by, *agg, *every, *sort;
	long		 rolling, top;	/* 0: not given */
	struct ev_list	 ratios;
	bool		 versus;	/* --vs previous */
	bool		 values;	/* by is the field of --values */
	bool		 skip_empty;
	bool		 summary;	/* total, span, rate among the notes */
};

/* What a report is told beside its events; borrowed, outlives it. */
struct ev_report_scope {
	const struct ev_ask	*ask;
	struct timespec		 now;	/* EV_NOW, or the clock */
	bool			 utc;	/* days are UTC, not local */
	const struct ev_filter	*filter; /* compiled; bounds of time in it */
	/* Two periods are compared: the filter lets both pass, and where the
	 * second one, the report's own, begins. */
	bool			 has_turn;
	struct timespec		 turn;
	/* Where the events come from, for what stands beside a log, known
	 * from settle() on; NULL: no store was found. */
	struct ev_place		*place;
};

struct ev_report {
	const char	*name;
	const char	*help;	/* one line, no full stop */
	/*
	 * What it is told, compiled: wants of the model (not yet sealed) what
	 * event() will ask.  Gives the report's plan, read by all workers at
	 * once; NULL: wrong usage.  The events that the filter lets pass come
	 * to event(); a window of the report's own is event()'s to test.
	 */
	void	*(*open)(const struct ev_report_scope *scope,
		    struct ev_model *model, struct ev_err *err);
	void	(*close)(void *plan);

	/* An empty accumulator; it keeps the plan. */
	void	*(*start)(const void *plan);
	/* One event, at a place that ev_item_at (input/ties.h) makes of the
	 * source's number and the line's offset. */
	void	(*event)(void *acc, struct ev_event *ev, uint64_t at);
	/* Adds all of `from` to `into`; from may be emptied, not freed. */
	void	(*merge)(void *into, void *from);
	void	(*free)(void *acc);

	/* The table; the engine has set all but columns, cells and notes, and
	 * since and until from the filter.  -1: it cannot be computed. */
	int	(*finish)(void *acc, struct ev_grid *grid, struct ev_err *err);

	/*
	 * Appends the accumulator as JSON objects, one a line, and adds one
	 * such object to it (a part of a table of ours that may have been
	 * changed by hand: -1 when it is none).  save then load gives an
	 * accumulator that merges and finishes like the first.
	 */
	void	(*save)(const void *acc, struct ev_buf *out);
	int	(*load)(void *acc, const struct ev_val *line,
		    struct ev_err *err);
	/* NULL, or what is to be done when the place of the scope is known,
	 * before the first event.  -1: what stands there is wrong. */
	int	(*settle)(void *plan, struct ev_err *err);
};

#endif
