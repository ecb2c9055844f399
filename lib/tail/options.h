/*
 * options: the options of ev-tail and what they fill (3-commands 3.3).
 */
#ifndef EV_TAIL_OPTIONS_H
#define EV_TAIL_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/opt.h"

struct ev_tail_options {
	const char	*lines, *after, *timeout;
	bool		 reverse, unique, count, follow;
	bool		 head, wait;
};

#define EV_TAIL_OPTIONS 9
extern const struct ev_opt ev_tail_options[EV_TAIL_OPTIONS];

/* out: --out was given.  -1: options that exclude each other were. */
int	ev_tail_options_check(const struct ev_tail_options *options, bool out,
	    struct ev_err *err);

#endif
