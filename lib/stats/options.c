#include "stats/options.h"

#include <string.h>

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
	{ "rolling", '\0', EV_OPT_POSITIVE, false, "N", NULL,
	    "each span together with the N - 1 before it", OPT(ask.rolling),
	    NULL },
	{ "top", '\0', EV_OPT_POSITIVE, false, "N", NULL,
	    "only the first N groups, all others as one", OPT(ask.top), NULL },
	{ "sort", '\0', EV_OPT_TEXT, false, "KEYS", NULL,
	    "sort by columns (a comma list; -COLUMN: the greatest first)",
	    OPT(ask.sort), NULL },
	{ "ratio", '\0', EV_OPT_LIST, false, "NAME", NULL,
	    "NAME='EXPR / EXPR': events of the one by events of the other",
	    OPT(ask.ratios), NULL },
	{ "report", '\0', EV_OPT_TEXT, false, "NAME", EV_REPORT_NAMES,
	    "a report by name: types (when nothing else is asked for), "
	    "velocity, quality, archetypes, skills, evolution, convergence, "
	    "evaluation, escalation, intents, genes, levels, sessions, "
	    "actors, dashboard",
	    OPT(report), NULL },
	{ "vs", '\0', EV_OPT_TEXT, false, "PERIOD", "previous",
	    "compare with the period before (previous)", OPT(vs), NULL },
	{ "unique", 'u', EV_OPT_FLAG, false, NULL, NULL,
	    "count equal lines once", OPT(unique), NULL },
	{ "skip-empty", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print nothing when there is nothing, no rows for empty spans", OPT(ask.skip_empty), NULL },
	{ "values", '\0', EV_OPT_TEXT, false, "FIELD", NULL,
	    "the values of a field and how often they come", OPT(values),
	    NULL },
	{ "fields", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "which paths there are, of what kinds, with examples",
	    OPT(fields), NULL },
	{ "fail-if", '\0', EV_OPT_TEXT, false, "EXPR", NULL,
	    "status 1 when this is true for a row: count>100, share<.5",
	    OPT(fail_if), NULL },
	{ "resume", '\0', EV_OPT_TEXT, false, "FILE", NULL,
	    "go on with the table that FILE has, and keep it there",
	    OPT(resume), NULL },
	{ "partial", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print the table as a part for --merge", OPT(partial), NULL },
	{ "merge", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "the inputs are parts: make one table of them", OPT(merge), NULL },
	{ "follow", 'f', EV_OPT_FLAG, false, NULL, NULL,
	    "the table again after each change, until interrupted",
	    OPT(follow), NULL },
	{ "width", '\0', EV_OPT_POSITIVE, false, "N", NULL,
	    "as if the terminal had N columns", OPT(width), NULL },
	{ "output", 'o', EV_OPT_TEXT, false, "FORMAT", EV_GRID_FORMATS " mail",
	    "table, json, jsonl, csv, tsv, md, prom, svg, html, mail", OPT(output), NULL },
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

/* The report that has a name, or --fields; NULL: there is none. */
static const char *
named(const struct ev_stats_options *options)
{
	return options->fields ? "fields" : options->report;
}

/* An option of the table that --merge will make, or NULL. */
static const char *
for_merge(const struct ev_stats_options *options)
{
	const struct ev_ask *ask = &options->ask;

	if (ask->rolling != 0)
		return "--rolling";
	if (ask->top != 0)
		return "--top";
	if (ask->sort != NULL)
		return "--sort";
	if (ask->skip_empty)
		return "--skip-empty";
	if (options->fail_if != NULL)
		return "--fail-if";
	if (options->output != NULL && strncmp(options->output, "json", 4) != 0)
		return "-o";
	return NULL;
}

/* Options of which only one can be given. */
static int
check(const struct ev_stats_options *options, struct ev_err *err)
{
	const char *option = described(&options->ask);
	const char *late = for_merge(options);
	bool values = options->values != NULL;

	if (options->partial && late != NULL)
		return ev_fail(err,
		    "--partial makes no table yet: %s goes with --merge", late);
	if (options->fields && options->vs != NULL)
		return ev_fail(err, "--fields: --vs does not go with it");
	if (options->unique && (options->partial || options->resume != NULL))
		return ev_fail(err,
		    "-u knows the lines of one run: %s does not go with it",
		    options->partial ? "--partial" : "--resume");
	if (options->follow && (options->partial || options->resume != NULL))
		return ev_fail(err, "-f shows tables: %s does not go with it",
		    options->partial ? "--partial" : "--resume");
	if (option == NULL && values && named(options) != NULL)
		option = options->fields ? "--fields" : "--report";
	else if (option == NULL && options->fields && options->report != NULL)
		option = "--report";
	if (option != NULL && (values || named(options) != NULL))
		return ev_fail(err,
		    "%s%s is a table of its own: %s does not go with it",
		    values		? "--values" :
			options->fields ? "--fields" :
					  "--report ",
		    values || options->fields ? "" : options->report, option);
	return 0;
}

const struct ev_report *
ev_stats_options_report(struct ev_stats_options *options, struct ev_err *err)
{
	struct ev_ask *ask = &options->ask;
	bool described_one = described(ask) != NULL;

	if (check(options, err) == -1)
		return NULL;
	ask->versus = options->vs != NULL;
	if (options->values != NULL) {
		ask->by = options->values;
		ask->values = true;
		ask->agg = "count,share";
		return &ev_report_aggregate;
	}
	if (described_one)
		return &ev_report_aggregate;
	return ev_report_named(
	    named(options) != NULL ? named(options) : "types");
}

int
ev_stats_options_merge(const struct ev_stats_options *options,
    const struct ev_filter *filter, struct ev_err *err)
{
	const char *option = described(&options->ask);

	if (options->ask.rolling != 0 && option != NULL &&
	    strcmp(option, "--rolling") == 0)
		option = NULL;
	if (options->report != NULL)
		option = "--report";
	else if (options->values != NULL)
		option = "--values";
	else if (options->fields)
		option = "--fields";
	else if (options->vs != NULL)
		option = "--vs";
	else if (options->unique)
		option = "-u";
	else if (options->resume != NULL)
		option = "--resume";
	else if (options->follow)
		option = "-f";
	if (option != NULL)
		return ev_fail(err,
		    "--merge: the parts say what the table is of: %s does "
		    "not go with it",
		    option);
	if (ev_filter_given(filter))
		return ev_fail(err,
		    "--merge: the parts are of events that were filtered "
		    "when they were made");
	return 0;
}
