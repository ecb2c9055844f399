#include "stats/reports.h"

#include <string.h>

static const struct ev_report *const reports[] = {
	&ev_report_types,
	&ev_report_aggregate,
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
