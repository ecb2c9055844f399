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
	{ "state", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "print what the events made of things, or with -e ID of one thing",
	    OPT(state), NULL },
	{ "at", '\0', EV_OPT_TEXT, false, "T", NULL,
	    "the state at time T", OPT(at), NULL },
	{ "diff", '\0', EV_OPT_PAIR, false, "T1 T2", NULL,
	    "what differs between the states at two times; status 1 when "
	    "something does", OPT(diff), NULL },
	{ "project", '\0', EV_OPT_TEXT, false, "VIEW", NULL,
	    "the states as rows of a view: issues, messages, agents, ...; "
	    "sessions, metrics", OPT(project), NULL },
	{ "rules", '\0', EV_OPT_TEXT, false, "FILE", NULL,
	    "the rules of states from a file; seed: the three of VerMAS",
	    OPT(rules), NULL },
	{ "checkpoint", '\0', EV_OPT_TEXT, false, "FILE", NULL,
	    "keep the states in a file, and go on from there the next time",
	    OPT(checkpoint), NULL },
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

/* Whether this view is asked for, which is not folded; a file's views are its
 * own. */
static bool
is_view(const struct ev_replay_options *options, const char *view)
{
	return options->project != NULL && options->rules == NULL &&
	    strcmp(options->project, view) == 0;
}

/* The option by which a state is asked for, or NULL. */
static const char *
asks_state(const struct ev_replay_options *options)
{
	bool folded =
	    !is_view(options, "sessions") && !is_view(options, "metrics");

	if (options->project != NULL && folded)
		return "--project";
	if (options->diff[0] != NULL)
		return "--diff";
	if (options->state)
		return "--state";
	/* those two have no states, but a time */
	return options->at != NULL && folded && !options->sessions ? "--at" :
								     NULL;
}

/* The option by which this is asked for, or NULL. */
static const char *
asks(const struct ev_replay_options *options, enum ev_replay_ask ask)
{
	switch (ask) {
	case EV_REPLAY_COUNT:
		return options->count ? "--count" : NULL;
	case EV_REPLAY_DIGEST:
		return options->digest ? "--digest" : NULL;
	case EV_REPLAY_SESSIONS:
		if (is_view(options, "sessions"))
			return "--project sessions";
		return options->sessions ? "--sessions" : NULL;
	case EV_REPLAY_COMPARE:
		return options->compare ? "--compare" : NULL;
	case EV_REPLAY_METRICS:
		return is_view(options, "metrics") ? "--project metrics" : NULL;
	case EV_REPLAY_STATES:
		return asks_state(options);
	default:
		return NULL;
	}
}

enum ev_replay_ask
ev_replay_asks(const struct ev_replay_options *options)
{
	enum ev_replay_ask ask = EV_REPLAY_STATES;

	while (ask != EV_REPLAY_EVENTS && asks(options, ask) == NULL)
		ask--;
	return ask;
}

/* More than one thing is asked for. */
static int
check_asks(const struct ev_replay_options *options, struct ev_err *err)
{
	enum ev_replay_ask last = ev_replay_asks(options), ask;

	for (ask = EV_REPLAY_COUNT; ask < last; ask++)
		if (asks(options, ask) != NULL)
			return ev_fail(err, "%s and %s: give one or the other",
			    asks(options, ask), asks(options, last));
	if (options->at != NULL && options->diff[0] != NULL)
		return ev_fail(err, "--at and --diff: give one or the other");
	if (options->checkpoint != NULL &&
	    (last != EV_REPLAY_STATES || options->at != NULL ||
		options->diff[0] != NULL || options->order != NULL))
		return ev_fail(err,
		    "--checkpoint is for --state and --project, without --at, "
		    "--diff and --order");
	if (options->rules != NULL && last != EV_REPLAY_STATES)
		return ev_fail(
		    err, "--rules is for --state, --at, --diff and --project");
	return 0;
}

int
ev_replay_options_check(const struct ev_replay_options *options,
    const char *output, struct ev_err *err)
{
	enum ev_replay_ask ask = ev_replay_asks(options);
	const char *name = asks(options, ask);
	const char *pace = options->speed != NULL ? "--speed" : "--max-gap";
	bool patch = output != NULL && strcmp(output, "patch") == 0;

	if (check_asks(options, err) == -1)
		return -1;
	if (patch && options->diff[0] == NULL)
		return ev_fail(err, "-o patch is for --diff");
	if (ask == EV_REPLAY_EVENTS)
		return 0;
	if (options->speed != NULL || options->max_gap != NULL)
		return ev_fail(err,
		    "%s is for the events themselves, not for %s", pace, name);
	if (output != NULL && !patch && strcmp(output, "jsonl") != 0)
		return ev_fail(
		    err, "-o %s is for events, not for %s", output, name);
	if (ask >= EV_REPLAY_COMPARE &&
	    (options->lines != NULL || options->reverse))
		return ev_fail(err, "-n and -r do not go with %s", name);
	return 0;
}
