/*
 * pager: long output for people, as git shows it.
 */
#ifndef EV_OUT_PAGER_H
#define EV_OUT_PAGER_H

#include "base/err.h"

/*
 * The pager's command: `named` (EV_PAGER or the user's own configuration) when
 * not NULL, else PAGER, else less where the terminal is not dumb (TERM).  NULL
 * when there is none: "cat", an empty text, or a program that is not installed.
 * Nothing of a repository names a pager.
 */
const char *ev_pager_command(const char *named);

/*
 * Starts the command by sh and puts its input in the place of standard output
 * (and of standard error when that is a terminal).  LESS=FRX and LV=-c are set
 * for it unless they are.  Ctrl-C and a pager that reads no more end us only
 * when the user has left it.
 */
int	ev_pager_start(const char *command, struct ev_err *err);

/*
 * Closes standard output and waits until the user leaves the pager; nothing
 * when none was started.  -1: the shell could not run it, so that nobody saw
 * the output.
 */
int	ev_pager_wait(struct ev_err *err);

#endif
