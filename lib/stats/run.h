/*
 * run: a report's one pass over the inputs.
 */
#ifndef EV_STATS_RUN_H
#define EV_STATS_RUN_H

#include "read/reading.h"
#include "read/seen.h"
#include "stats/report.h"

struct ev_stats {
	const struct ev_report	*report;
	void			*plan;
	void			*acc;	/* of all that was read so far */
	uint64_t		 damaged;
	uint64_t		 matched; /* events that the filter let pass */
	struct ev_seen		*seen;	/* -u: the lines so far, or NULL */
};

/* Opens the report; wants of the model, not yet sealed.  -1: wrong usage. */
int	ev_stats_open(struct ev_stats *stats, const struct ev_report *report,
	    const struct ev_report_scope *scope, bool unique,
	    struct ev_model *model, struct ev_err *err);
/* The place of the report's scope is known now.  -1: what stands there is
 * wrong. */
int	ev_stats_settle(struct ev_stats *stats, struct ev_err *err);
void	ev_stats_close(struct ev_stats *stats);
/* Forgets what was read. */
void	ev_stats_reset(struct ev_stats *stats);

/*
 * Reads the events of all sources that the reading's filter lets pass; begin:
 * the byte where each of them begins, NULL: 0.  0; -1: something failed, all of
 * which was told.
 */
int	ev_stats_read(struct ev_stats *stats,
	    const struct ev_reading *reading, struct ev_source *sources,
	    size_t count, const uint64_t *begin);

/* The table of what was read so far, which is used up by it; grid is made
 * here. */
int	ev_stats_finish(struct ev_stats *stats,
	    const struct ev_report_scope *scope, struct ev_grid *grid,
	    struct ev_err *err);

#endif
