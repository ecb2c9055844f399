/*
 * help: what option tables say to people and to completions.
 */
#ifndef EV_CLI_HELP_H
#define EV_CLI_HELP_H

#include "base/buf.h"
#include "cli/opt.h"

/* --help: usage lines, then the groups with their rows aligned, 80 columns. */
void	ev_opt_help(const struct ev_opt_group *groups, size_t count,
	    const char *usage, struct ev_buf *out);

/*
 * --list-options, for completions: a line per spelling,
 * SPELLING TAB ARG TAB VALUES TAB HELP.  ARG is empty for an option without an
 * argument and in brackets for one that may be left out.
 */
void	ev_opt_list(const struct ev_opt_group *groups, size_t count,
	    struct ev_buf *out);

#endif
