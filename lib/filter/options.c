#include "filter/options.h"

#include <stddef.h>

#define ROW(name, letter, kind, arg, values, help, field) \
	{ \
		(name), (letter), (kind), false, (arg), (values), (help), \
		    offsetof(struct ev_filter, field), NULL \
	}

/* clang-format off */
const struct ev_opt ev_filter_options[EV_FILTER_OPTIONS] = {
	ROW("type", 't', EV_OPT_TEXT, "GLOBS", NULL,
	    "types that match (comma list, ! excludes)", types),
	ROW("actor", 'a', EV_OPT_TEXT, "GLOBS", NULL,
	    "actors that match", actors),
	ROW("session", 's', EV_OPT_TEXT, "GLOBS", NULL,
	    "sessions that match", sessions),
	ROW("correlation", 'c', EV_OPT_TEXT, "GLOBS", NULL,
	    "correlations that match", correlations),
	ROW("entity", 'e', EV_OPT_TEXT, "GLOBS", NULL,
	    "entities that match", entities),
	ROW("level", 'l', EV_OPT_TEXT, "LEVEL", "audit ops debug",
	    "events up to this level", level),
	ROW("severity", 0, EV_OPT_TEXT, "N", "0 1 2 3 4 5",
	    "events of at least this severity", severity),
	ROW("since", 0, EV_OPT_TEXT, "T", NULL,
	    "events from this time on", since_text),
	ROW("until", 0, EV_OPT_TEXT, "T", NULL,
	    "events before this time", until_text),
	ROW("in", 0, EV_OPT_TEXT, "PERIOD", NULL,
	    "events of this period (today, 7d, 2026-W02)", period),
	ROW("where", 'w', EV_OPT_LIST, "EXPR", NULL,
	    "events for which this holds (again: and)", wheres),
	ROW("grep", 'g', EV_OPT_LIST, "PCRE", NULL,
	    "lines that match (again: and; lower case: any)", greps),
};
/* clang-format on */

bool
ev_filter_given(const struct ev_filter *filter)
{
	return filter->types != NULL || filter->actors != NULL ||
	    filter->sessions != NULL || filter->correlations != NULL ||
	    filter->entities != NULL || filter->level != NULL ||
	    filter->severity != NULL || filter->since_text != NULL ||
	    filter->until_text != NULL || filter->period != NULL ||
	    filter->wheres.n > 0 || filter->greps.n > 0;
}
