/*
 * options: the options of ev-replay and what they fill (3-commands 3.4).
 */
#ifndef EV_REPLAY_OPTIONS_H
#define EV_REPLAY_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/opt.h"

struct ev_replay_options {
	const char	*lines, *order, *speed, *max_gap;
	const char	*at, *diff[2], *project, *rules, *checkpoint;
	bool		 reverse, count, digest, sessions, compare, state;
};

#define EV_REPLAY_OPTIONS 15
extern const struct ev_opt ev_replay_options[EV_REPLAY_OPTIONS];

/* What is asked for. */
enum ev_replay_ask {
	EV_REPLAY_EVENTS,	/* the events themselves */
	EV_REPLAY_COUNT, EV_REPLAY_DIGEST, EV_REPLAY_SESSIONS,
	EV_REPLAY_COMPARE, EV_REPLAY_METRICS,
	EV_REPLAY_STATES	/* --state, --at, --diff, --project */
};

enum ev_replay_ask ev_replay_asks(const struct ev_replay_options *options);

/* output: the -o that was given, or NULL.  -1: options that exclude each other
 * were. */
int	ev_replay_options_check(const struct ev_replay_options *options,
	    const char *output, struct ev_err *err);

#endif
