/*
 * setup: our sections in a repository's files: put there, taken away, looked
 * at (2-store 2.5, 3-commands 3.8).
 *
 * The sections stand in the hooks, in info/exclude and, for a log that is
 * tracked, in .gitattributes and the repository's config.
 */
#ifndef EV_HOOK_SETUP_H
#define EV_HOOK_SETUP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "git/site.h"
#include "hook/graft.h"
#include "hook/script.h"
#include "store/place.h"

struct ev_setup {
	/* The caller's. */
	const struct ev_site	*site;
	const struct ev_place	*place;		/* the log */
	struct ev_script	 script;
	bool			 track;		/* the log is to be tracked */
	struct ev_grafting	 run;
};

/*
 * Does the job of `run` to all files; the working directory is the root of the
 * work tree (or the git directory, when there is none).  0 or -1, as
 * ev_graft_do.
 */
int	ev_setup(struct ev_setup *setup, struct ev_err *err);

#endif
