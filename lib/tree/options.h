/*
 * options: the options of ev-tree and what they fill (3-commands 3.6).
 */
#ifndef EV_TREE_OPTIONS_H
#define EV_TREE_OPTIONS_H

#include <stdbool.h>

#include "base/err.h"
#include "cli/opt.h"
#include "tree/select.h"

struct ev_tree_options {
	const char	*root, *ancestors, *descendants, *why, *common;
	const char	*by, *link, *order, *label, *output;
	long		 depth;		/* LONG_MAX: any */
	bool		 streaks;
};

#define EV_TREE_OPTIONS 12
extern const struct ev_opt ev_tree_options[EV_TREE_OPTIONS];

/*
 * The walk that was asked for, and the id from which it starts, or NULL.  -1:
 * options that exclude each other were given, or a depth below 0.
 */
int	ev_tree_options_walk(const struct ev_tree_options *options,
	    enum ev_walk_kind *kind, const char **from, struct ev_err *err);

#endif
