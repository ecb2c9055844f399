#include "stats/options.h"

#include "grid/print.h"
#include "stats/reports.h"

#define OPT(field) offsetof(struct ev_stats_options, field)

/* clang-format off */
const struct ev_opt ev_stats_options[EV_STATS_OPTIONS] = {
	{ "by", '\0', EV_OPT_TEXT, false, "FIELDS", NULL,
	    "group by roles, dialect, category or paths (a comma list)",
	    OPT(ask.by), NULL },
	{ "agg", '\0', EV_OPT_TEXT, false, "LIST", NULL,
	    "measures: count, share, rate, sum(F), mean(F), min(F), max(F), "
	    "stddev(F), pNN(F), distinct(F), first(F), last(F)",
	    OPT(ask.agg), NULL },
	{ "every", '\0', EV_OPT_TEXT, false, "D", NULL,
	    "a row for each span of time: 5m, 1h, 1d, 1w, 1mo",
	    OPT(ask.every), NULL },
	{ "rolling", '\0', EV_OPT_NUMBER, false, "N", NULL,
	    "each span together with the N - 1 before it", OPT(ask.rolling),
	    NULL },
	{ "top", '\0', EV_OPT_NUMBER, false, "N", NULL,
	    "only the first N groups, all others as one", OPT(ask.top), NULL },
	{ "sort", '\0', EV_OPT_TEXT, false, "KEYS", NULL,
	    "sort by columns (a comma list; -COLUMN: the greatest first)",
	    OPT(ask.sort), NULL },
	{ "ratio", '\0', EV_OPT_LIST, false, "NAME", NULL,
	    "NAME='EXPR / EXPR': events of the one by events of the other",
	    OPT(ask.ratios), NULL },
	{ "report", '\0', EV_OPT_TEXT, false, "NAME", EV_REPORT_NAMES,
	    "a report by name; types when nothing else is asked for",
	    OPT(report), NULL },
	{ "vs", '\0', EV_OPT_TEXT, false, "PERIOD", "previous",
	    "compare with the period before (previous)", OPT(vs), NULL },
	{ "unique", 'u', EV_OPT_FLAG, false, NULL, NULL,
	    "count equal lines once", OPT(unique), NULL },
	{ "skip-empty", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "no rows for spans without events", OPT(ask.skip_empty), NULL },
	{ "values", '\0', EV_OPT_TEXT, false, "FIELD", NULL,
	    "the values of a field and how often they come", OPT(values),
	    NULL },
	{ "width", '\0', EV_OPT_NUMBER, false, "N", NULL,
	    "as if the terminal had N columns", OPT(width), NULL },
	{ "output", 'o', EV_OPT_TEXT, false, "FORMAT", EV_GRID_FORMATS,
	    "table, json, jsonl", OPT(output), NULL },
};
/* clang-format on */

/* The first option given that describes a table, or NULL. */
static const char *
described(const struct ev_ask *ask)
{
	if (ask->by != NULL)
		return "--by";
	if (ask->agg != NULL)
		return "--agg";
	if (ask->every != NULL)
		return "--every";
	if (ask->rolling != 0)
		return "--rolling";
	if (ask->ratios.n > 0)
		return "--ratio";
	return NULL;
}

const struct ev_report *
ev_stats_options_report(struct ev_stats_options *options, struct ev_err *err)
{
	struct ev_ask *ask = &options->ask;
	const char *option = described(ask);
	const char *report = options->report;

	ask->versus = options->vs != NULL;
	if (options->values != NULL) {
		if (option == NULL && report != NULL)
			option = "--report";
		if (option != NULL) {
			ev_fail(err,
			    "--values is a table of its own: %s "
			    "does not go with it",
			    option);
			return NULL;
		}
		ask->by = options->values;
		ask->agg = "count,share";
		return &ev_report_aggregate;
	}
	if (report != NULL && option != NULL) {
		ev_fail(err,
		    "--report %s is a table of its own: %s does not "
		    "go with it",
		    report, option);
		return NULL;
	}
	if (report == NULL && option != NULL)
		return &ev_report_aggregate;
	return ev_report_named(report != NULL ? report : "types");
}
