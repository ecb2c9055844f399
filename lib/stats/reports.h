/*
 * reports: the reports, by name.
 */
#ifndef EV_STATS_REPORTS_H
#define EV_STATS_REPORTS_H

#include "stats/report.h"

/* The names of those that --report takes, for its values. */
#define EV_REPORT_NAMES "types"

/* The row of a name, or NULL. */
const struct ev_report *ev_report_named(const char *name);

/* The report that the options describe, without a name of its own. */
extern const struct ev_report ev_report_aggregate;
/* Events by type. */
extern const struct ev_report ev_report_types;

#endif
