/*
 * options: what the options of every reader ask of events (3-commands 3.1).
 */
#ifndef EV_FILTER_OPTIONS_H
#define EV_FILTER_OPTIONS_H

#include <stdbool.h>
#include <time.h>

#include "cli/opt.h"

struct ev_filter {
	/* filled by the options */
	const char	*types, *actors, *sessions, *correlations, *entities;
	const char	*level, *severity;
	const char	*since_text, *until_text, *period;
	struct ev_list	 wheres, greps;
	/* bounds, since inclusive, until exclusive: what the caller has set,
	 * narrowed by the compilation */
	bool		 has_since, has_until;
	struct timespec	 since, until;
	struct ev_filter_own *own; /* of filter/filter */
};

/* The rows: -t -a -s -c -e -l --severity --since --until --in -w -g. */
#define EV_FILTER_OPTIONS 12
extern const struct ev_opt ev_filter_options[EV_FILTER_OPTIONS];

/* Whether any of the options was given, before or after the compilation. */
bool	ev_filter_given(const struct ev_filter *filter);

#endif
