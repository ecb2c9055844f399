#include "stats/reports.h"

#include <string.h>

static const struct ev_report *const reports[] = {
	&ev_report_types,
	&ev_report_velocity,
	&ev_report_quality,
	&ev_report_archetypes,
	&ev_report_skills,
	&ev_report_evolution,
	&ev_report_convergence,
	&ev_report_evaluation,
	&ev_report_escalation,
	&ev_report_intents,
	&ev_report_genes,
	&ev_report_levels,
	&ev_report_sessions,
	&ev_report_actors,
	&ev_report_dashboard,
	&ev_report_aggregate,
	&ev_report_fields,
};

const struct ev_report *
ev_report_named(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(reports) / sizeof(reports[0]); i++)
		if (strcmp(reports[i]->name, name) == 0)
			return reports[i];
	return NULL;
}
