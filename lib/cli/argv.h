/*
 * argv: a command line, taken by the rows of option tables.
 */
#ifndef EV_CLI_ARGV_H
#define EV_CLI_ARGV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "cli/opt.h"

/* Where in argv the operands are. */
struct ev_argv_rest {
	int	first;	/* argc: there is none */
	int	behind;	/* the first behind "--"; -1: there was no "--" */
};

/*
 * Parses argv; options end at "--", and at the first operand when in_order
 * (for commands that wrap another).  0 and *rest (argv is permuted otherwise),
 * or -1: the message names the option and, for an unknown one, the nearest
 * name there is.
 */
int	ev_argv_parse(const struct ev_opt_group *groups, size_t count,
	    int argc, char **argv, bool in_order, struct ev_argv_rest *rest,
	    struct ev_err *err);

#endif
