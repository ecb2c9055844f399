/*
 * options: the options of ev-stats and what they fill (3-commands 3.5).
 */
#ifndef EV_STATS_OPTIONS_H
#define EV_STATS_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/opt.h"
#include "stats/report.h"

struct ev_stats_options {
	struct ev_ask	 ask;
	const char	*report, *vs, *values, *output;
	bool		 unique;
	long		 width;		/* 0: as wide as the terminal */
};

#define EV_STATS_OPTIONS 14
extern const struct ev_opt ev_stats_options[EV_STATS_OPTIONS];

/*
 * The report that the options ask for; ask is made ready for it.  NULL: options
 * that exclude each other.
 */
const struct ev_report *ev_stats_options_report(
	    struct ev_stats_options *options, struct ev_err *err);

#endif
