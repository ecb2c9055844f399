/*
 * effort: what --best-effort needs around it: an end in time, and a command of
 * --exec that runs in any case.
 */
#ifndef EV_EFFORT_H
#define EV_EFFORT_H

#include <stdbool.h>
#include <stdint.h>

#include "exec/child.h"

/*
 * Before the options are known, one of which may be what is wrong: is
 * --best-effort among them?  If it is and --exec, too, cmd_leave runs the
 * command, in our place and without an event.
 */
bool	effort_find(char **argv, const struct ev_exec_signals *signals);
/* The command, now that the options are known; NULL: there is none. */
void	effort_command(char **command);

/* In so many milliseconds the process ends (cmd_leave); 0: it does not. */
void	effort_alarm(int64_t ms);

#endif
