/*
 * effort: what --best-effort needs around it: an end in time, and a command of
 * --exec that runs in any case.
 */
#ifndef EV_EFFORT_H
#define EV_EFFORT_H

#include <stdbool.h>
#include <stdint.h>

#include "exec/child.h"
#include "store/options.h"

/*
 * Before the options are known, one of which may be what is wrong: is
 * --best-effort among them?  If it is and --exec, too, cmd_leave runs the
 * command, in our place and without an event.
 */
bool	effort_find(char **argv, const struct ev_exec_signals *signals);
/* The command, now that the options are known; NULL: there is none. */
void	effort_command(char **command);

/*
 * One limit for all: in so many milliseconds the process ends (cmd_leave), and
 * each step ends early enough for what comes after it.  Fills the moments of
 * the options, gives the one (of ev_clock_mono) for git.  command: who says
 * that time is up.
 */
int64_t	effort_limit(const char *command, int64_t ms,
	    struct ev_store_options *options);
/* There is no end any more. */
void	effort_unlimited(void);

#endif
