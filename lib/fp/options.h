/*
 * options: the options of ev-fp and what they fill (3-commands 3.7).
 */
#ifndef EV_FP_OPTIONS_H
#define EV_FP_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/opt.h"

struct ev_fp_options {
	bool		 list, fresh, regressed, gone, dedupe, env, check, nul, follow;
	const char	*window, *resolve, *reopen, *commit;
	const char	*components, *algo, *print, *generation;
	const char	*baseline, *explain, *from, *output;
};

/* The rows. */
#define EV_FP_OPTIONS 21
extern const struct ev_opt ev_fp_options[EV_FP_OPTIONS];

/* What is asked for. */
enum ev_fp_ask {
	EV_FP_EVENTS, EV_FP_LIST, EV_FP_DEDUPE, EV_FP_SETTLE, EV_FP_PRINT,
	EV_FP_CHECK, EV_FP_ENV, EV_FP_EXPLAIN, EV_FP_FROM
};

/*
 * What the options ask for.  -1: they exclude each other, or one of them does
 * nothing without another.  filtered: filters are given; count: operands.
 */
int	ev_fp_asks(const struct ev_fp_options *options, bool filtered,
	    size_t count, enum ev_fp_ask *ask, struct ev_err *err);

#endif
