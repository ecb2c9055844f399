/*
 * resume: the options of reading that goes on where it was, and what they go
 * with (3-commands 3.3).
 */
#ifndef EV_TAIL_RESUME_H
#define EV_TAIL_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "cli/opt.h"
#include "tail/consume.h"
#include "tail/options.h"

struct ev_resume {
	const char	*cursor, *forget, *deliver, *batch_wait;
	bool		 cursors;
	long		 batch;		/* 0: not given */
};

#define EV_RESUME_OPTIONS 6
extern const struct ev_opt ev_resume_options[EV_RESUME_OPTIONS];

/* out: --out was given.  -1: options that exclude each other were, or need
 * each other. */
int	ev_resume_check(const struct ev_resume *resume,
	    const struct ev_tail_options *options, bool out,
	    struct ev_err *err);

/* Sets what the options say of reading from a cursor, and of *limit what that
 * means there: -n N is the first N.  0 or -1. */
int	ev_resume_apply(const struct ev_resume *resume,
	    const struct ev_tail_options *options, struct ev_limit *limit,
	    struct ev_consume *consume, struct ev_err *err);

#endif
