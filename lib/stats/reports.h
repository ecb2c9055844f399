/*
 * reports: the reports, by name.
 */
#ifndef EV_STATS_REPORTS_H
#define EV_STATS_REPORTS_H

#include "stats/report.h"

/* The names of those that --report takes, for its values. */
#define EV_REPORT_NAMES \
	"types velocity quality archetypes skills evolution convergence " \
	"evaluation escalation intents genes levels sessions actors dashboard"

/* The row of a name, or NULL. */
const struct ev_report *ev_report_named(const char *name);

/* The report that the options describe, without a name of its own. */
extern const struct ev_report ev_report_aggregate;
/* Those with a name; each formula and its source stand in ev-stats(1). */
extern const struct ev_report ev_report_types, ev_report_velocity,
    ev_report_quality, ev_report_archetypes, ev_report_skills,
    ev_report_evolution, ev_report_convergence, ev_report_evaluation,
    ev_report_escalation, ev_report_intents, ev_report_genes,
    ev_report_levels, ev_report_sessions, ev_report_actors,
    ev_report_dashboard;
/* --fields */
extern const struct ev_report ev_report_fields;
/* The panel of the dashboard that is no report of its own. */
extern const struct ev_report ev_report_newest;

/* The functions that every report of a ledger (stats/ledger.h) has. */
#define EV_REPORT_LEDGER \
	.close = ev_ledger_close, .start = ev_ledger_start, \
	.merge = ev_ledger_merge, .free = ev_ledger_free, \
	.save = ev_ledger_save, .load = ev_ledger_load

#endif
