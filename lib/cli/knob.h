/*
 * knob: the settings that there are, a row each (3-commands 3.1).
 */
#ifndef EV_CLI_KNOB_H
#define EV_CLI_KNOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum ev_setting {
	EV_SET_STORE, EV_SET_ACTOR, EV_SET_SESSION, EV_SET_CORRELATION,
	EV_SET_CAUSED_BY, EV_SET_LEVEL, EV_SET_DIALECT, EV_SET_NOW,
	EV_SET_SYNC, EV_SET_MAX_LINE, EV_SET_THREADS, EV_SET_COLOR,
	EV_SET_PAGER,
	EV_SETTINGS
};

enum ev_knob_form {
	EV_KNOB_TEXT,
	EV_KNOB_WORD,		/* one of words */
	EV_KNOB_SIZE,		/* ev_opt_size */
	EV_KNOB_COUNT		/* 0 to 9999 */
};

struct ev_knob {
	const char	*name;	/* as --show-config has it */
	const char	*key;	/* in the section [ev]; NULL: in no file */
	bool		 own;	/* a command or a path: never of a store */
	bool		 empty;	/* the empty text is a value, not "unset" */
	enum ev_knob_form form;
	const char	*words;	/* EV_KNOB_WORD: parted by blanks */
	const char	*env[2]; /* variables; the first that is set counts */
	const char	*value;	/* built in; NULL: unset */
};

extern const struct ev_knob ev_knobs[EV_SETTINGS];

/* The row of a variable of a file ("ev.sync", or "sync" outside any section),
 * or NULL. */
const struct ev_knob *ev_knob_of(const char *variable);
/* The key nearest to an unknown variable, or NULL. */
const char *ev_knob_nearest(const char *variable);
/* 0, or -1 when the setting cannot have this value; where: "EV_SYNC",
 * "FILE:LINE: ev.sync". */
int	ev_knob_check(const struct ev_knob *knob, const char *where,
	    const char *value, struct ev_err *err);

#endif
