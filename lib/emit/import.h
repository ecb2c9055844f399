/*
 * import: events of an input, completed and recorded (3-commands 3.2, `-`).
 */
#ifndef EV_EMIT_IMPORT_H
#define EV_EMIT_IMPORT_H

#include <stddef.h>

#include "base/err.h"
#include "emit/complete.h"
#include "emit/given.h"
#include "emit/intake.h"
#include "emit/record.h"
#include "out/progress.h"

struct ev_import {
	/* The caller's. */
	struct ev_given		*given;
	struct ev_record	*record;
	struct ev_progress	*progress;
	bool			 still;		/* show no progress */
	int64_t			 until;		/* of ev_clock_mono: no input
						 * is waited for; 0: none */

	size_t			 good, bad;	/* events so far */
	struct ev_intake	*in;
	struct ev_complete	*complete;
};

/*
 * Records the events that fd gives until its end; those that came are written
 * before more are waited for; with record->options.atomic all at the end, when
 * none is bad.  Bad ones are said and counted.  0; -1: the
 * input cannot be read, or the log not be written.
 */
int	ev_import_run(struct ev_import *import, int fd, struct ev_err *err);

#endif
