/*
 * measure: what is computed of a group of events, as a list names it:
 *
 *	count, share, rate, sum(F), mean(F), min(F), max(F), stddev(F),
 *	pNN(F), distinct(F), first(F), last(F)
 *
 * NAME=MEASURE gives the column another name.  What several measures of one
 * field need is collected once.
 */
#ifndef EV_STATS_MEASURE_H
#define EV_STATS_MEASURE_H

#include <stdint.h>

#include "base/err.h"
#include "event/event.h"
#include "grid/grid.h"
#include "stats/collect.h"

struct ev_measure {
	char			*name;	/* of its column */
	const struct ev_measure_kind *kind;
	int			 collector; /* -1: needs none */
	uint32_t		 thousandths; /* pNN: of a per cent */
};

struct ev_measures {
	struct ev_measure	*v;
	size_t			 n;
	struct ev_collector	*collector;
	size_t			 collectors;
	bool			 placed; /* first, last: where an event stands
					  * in time matters */
	bool			 rated;	/* rate: how long a time it is */
};

#define EV_MEASURES_INIT { NULL, 0, NULL, 0, false, false }

/* Reads a list, adding to what is there; wants of the model what it needs.
 * -1: what is wrong in it.  Release with ev_measures_clear in any case. */
int	ev_measures_parse(struct ev_measures *measures, const char *list,
	    struct ev_model *model, struct ev_err *err);
void	ev_measures_clear(struct ev_measures *measures);

/* A group, for the cells of its row. */
struct ev_tallied {
	uint64_t	 count, total;	/* its events, all events */
	double		 hours;	/* how long a time it is; 0: not known */
	union ev_acc	*acc;	/* one for each collector */
};

void	ev_measures_columns(const struct ev_measures *measures,
	    struct ev_grid *grid);
void	ev_measures_cells(const struct ev_measures *measures,
	    const struct ev_tallied *group, struct ev_grid *grid);

#endif
