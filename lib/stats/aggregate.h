/*
 * aggregate: events counted and measured by groups and spans of time.
 *
 * A report that is such a table says so by a struct ev_ask and lets its
 * functions call these (stats/report.h has the terms of each).
 */
#ifndef EV_STATS_AGGREGATE_H
#define EV_STATS_AGGREGATE_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/bucket.h"
#include "stats/measure.h"
#include "stats/ratio.h"
#include "stats/report.h"
#include "stats/table.h"

struct ev_aggregate {
	struct ev_ask		 ask;
	const struct ev_report_scope *scope;
	struct ev_field		*field;
	size_t			 fields;
	struct ev_measures	 measures;
	struct ev_ratio		*ratio;
	size_t			 ratios;
	size_t			 accs;	/* of a group: collectors, ratios */
	struct ev_every		 every;	/* when ask.every */
	bool			 before;	/* two periods are compared */
	bool			 timed;	/* each event's time is needed */
	bool			 counts; /* events by one role, nothing else */
};

/* What was collected, by one worker or by all. */
struct ev_aggregated {
	const struct ev_aggregate *plan;
	struct ev_table		*table;
	struct ev_times		 times;	/* of all events, when plan->timed */
	uint64_t		 total;	/* events */
	uint64_t		 untimed; /* left out: no time for a bucket */
	uint64_t		 unlisted; /* left out: an empty list */
	uint64_t		 rest;	/* groups that --top left out */
	bool			 full;	/* there were too many */
	/* of the present event */
	struct ev_bucket	 bucket;
	struct ev_collecting	 from;
	struct ev_buf		 key, text;
	int64_t			 key_bucket;
	bool			 earlier;
	bool			 any;
};

/* NULL: wrong usage.  scope and the texts of ask outlive it. */
struct ev_aggregate *ev_aggregate_open(const struct ev_ask *ask,
	    const struct ev_report_scope *scope, struct ev_model *model,
	    struct ev_err *err);
void	ev_aggregate_close(struct ev_aggregate *plan);

struct ev_aggregated *ev_aggregated_new(const struct ev_aggregate *plan);
void	ev_aggregated_free(struct ev_aggregated *a);
void	ev_aggregated_event(struct ev_aggregated *a, struct ev_event *ev);
void	ev_aggregated_merge(struct ev_aggregated *a,
	    struct ev_aggregated *more);
/* For tables made of others: adds a group to the one of a key. */
void	ev_aggregated_join(const struct ev_aggregate *plan,
	    struct ev_table *table, const struct ev_key *key,
	    const struct ev_group *group);
void	ev_aggregated_drop(const struct ev_aggregate *plan,
	    struct ev_table *table);

#endif
