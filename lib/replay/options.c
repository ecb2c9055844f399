#include "replay/options.h"

#include <string.h>

#define OPT(field) offsetof(struct ev_replay_options, field)

/* clang-format off */
const struct ev_opt ev_replay_options[EV_REPLAY_OPTIONS] = {
	{ "lines", 'n', EV_OPT_TEXT, false, "N", NULL,
	    "only the last N, +N from event N on, or all", OPT(lines), NULL },
	{ "reverse", 'r', EV_OPT_FLAG, false, NULL, NULL,
	    "newest first", OPT(reverse), NULL },
	{ "order", '\0', EV_OPT_TEXT, false, "ORDER", "time file",
	    "time: by time, id and bytes; file: as the lines stand",
	    OPT(order), NULL },
	{ "speed", '\0', EV_OPT_TEXT, false, "X", NULL,
	    "wait as long as the events are apart, X times as fast; original: "
	    "1, max: no waiting", OPT(speed), NULL },
	{ "max-gap", '\0', EV_OPT_TEXT, false, "D", NULL,
	    "wait no longer than D between two events", OPT(max_gap), NULL },
	{ "count", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print the number of events", OPT(count), NULL },
	{ "digest", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print the digest of the sequence, and the number of events",
	    OPT(digest), NULL },
	{ "sessions", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "list the sessions, newest first, 20 unless -n is given",
	    OPT(sessions), NULL },
	{ "compare", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "compare two logs by the events' ids; status 1 when they differ",
	    OPT(compare), NULL },
};
/* clang-format on */

/* What can be asked for, of which one is. */
struct ask {
	const char *name;
	bool given;
};

#define ASKS 4

static void
list(const struct ev_replay_options *options, struct ask asks[ASKS])
{
	asks[0] = (struct ask){ "--count", options->count };
	asks[1] = (struct ask){ "--digest", options->digest };
	asks[2] = (struct ask){ "--sessions", options->sessions };
	asks[3] = (struct ask){ "--compare", options->compare };
}

/* The name of the last that is asked for, and in *first of the first. */
static const char *
asked(const struct ev_replay_options *options, const char **first)
{
	struct ask asks[ASKS];
	const char *last = NULL;
	size_t i;

	*first = NULL;
	list(options, asks);
	for (i = 0; i < ASKS; i++) {
		if (!asks[i].given)
			continue;
		if (*first == NULL)
			*first = asks[i].name;
		last = asks[i].name;
	}
	return last;
}

bool
ev_replay_asks(const struct ev_replay_options *options)
{
	const char *first;

	return asked(options, &first) != NULL;
}

int
ev_replay_options_check(const struct ev_replay_options *options,
    const char *output, struct ev_err *err)
{
	const char *first, *last = asked(options, &first);
	const char *pace = options->speed != NULL ? "--speed" : "--max-gap";

	if (first != last)
		return ev_fail(
		    err, "%s and %s: give one or the other", first, last);
	if (first == NULL)
		return 0;
	if (options->speed != NULL || options->max_gap != NULL)
		return ev_fail(err,
		    "%s is for the events themselves, not for %s", pace, first);
	if (output != NULL && strcmp(output, "jsonl") != 0)
		return ev_fail(
		    err, "-o %s is for events, not for %s", output, first);
	if (options->compare && (options->lines != NULL || options->reverse))
		return ev_fail(err, "-n and -r do not go with --compare");
	return 0;
}
