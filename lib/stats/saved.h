/*
 * saved: what was aggregated as JSON lines, and back (stats/report.h: save,
 * load).
 *
 *	{"total":9,"untimed":0,"unlisted":0,"times":[s,ns,s,ns]}
 *	{"bucket":null,"key":["a"],"count":5,"previous":0,"acc":[…],"ratio":[…]}
 *
 * A group "other" has no key.
 */
#ifndef EV_STATS_SAVED_H
#define EV_STATS_SAVED_H

#include "stats/aggregate.h"

void	ev_aggregated_save(const struct ev_aggregated *a,
	    struct ev_buf *out);
int	ev_aggregated_load(struct ev_aggregated *a, const struct ev_val *line,
	    struct ev_err *err);

#endif
