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
	const char	*report, *vs, *values, *fail_if, *resume, *output;
	bool		 unique, fields, partial, merge, follow;
	long		 width;		/* 0: as wide as the terminal */
};

#define EV_STATS_OPTIONS 20
extern const struct ev_opt ev_stats_options[EV_STATS_OPTIONS];

/*
 * The report that the options ask for; ask is made ready for it.  NULL: options
 * that exclude each other.
 */
const struct ev_report *ev_stats_options_report(
	    struct ev_stats_options *options, struct ev_err *err);

/* Whether the options go with --merge, where the parts say what the table is
 * of.  0, or -1: which does not. */
int	ev_stats_options_merge(const struct ev_stats_options *options,
	    const struct ev_filter *filter, struct ev_err *err);

#endif
