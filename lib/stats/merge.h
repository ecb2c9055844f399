/*
 * merge: tables that are made of parts (stats/part.h).
 */
#ifndef EV_STATS_MERGE_H
#define EV_STATS_MERGE_H

#include "input/source.h"
#include "stats/part.h"
#include "stats/run.h"

struct ev_merge {
	/* the caller's */
	struct ev_stats		*stats;	/* opened by the first part */
	struct ev_report_scope	*scope;	/* filter and ask are set to these: */
	/* from the parts */
	struct ev_model		*model;
	struct ev_ask		 ask;	/* order, top, rolling are the caller's
					 * from before */
	struct ev_filter	 filter; /* bounds of time alone */
	struct ev_part		 part;
	struct ev_buf		 table;
	/* of the present one */
	uint64_t		 lines;
	uint32_t		 crc;
	bool			 ended;
	const struct ev_source	*source;
	struct ev_err		*err;
	int			 result;
};

/* Reads all parts and adds them up.  -1: a source is no part, or is one of
 * another table; the message says which and why. */
int	ev_merge_read(struct ev_merge *merge, struct ev_source *sources,
	    size_t count, struct ev_err *err);
void	ev_merge_clear(struct ev_merge *merge);

/*
 * Adds the lines of one part that is at hand, [p, p + n), to stats that are
 * opened: what --resume does.  -1: it is no whole part, or of another table.
 */
int	ev_merge_text(struct ev_stats *stats,
	    const struct ev_report_scope *scope, const char *p, size_t n,
	    struct ev_err *err);

#endif
