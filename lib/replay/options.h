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
	bool		 reverse, count, digest, sessions, compare;
};

#define EV_REPLAY_OPTIONS 9
extern const struct ev_opt ev_replay_options[EV_REPLAY_OPTIONS];

/* True when what is asked for is not the events themselves. */
bool	ev_replay_asks(const struct ev_replay_options *options);

/* output: the -o that was given, or NULL.  -1: options that exclude each other
 * were. */
int	ev_replay_options_check(const struct ev_replay_options *options,
	    const char *output, struct ev_err *err);

#endif
