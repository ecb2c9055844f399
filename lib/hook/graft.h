/*
 * graft: one file in which a section of ours may stand, and what becomes of it.
 */
#ifndef EV_HOOK_GRAFT_H
#define EV_HOOK_GRAFT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum ev_graft_job { EV_GRAFT_INSTALL, EV_GRAFT_UNINSTALL, EV_GRAFT_STATUS };

struct ev_graft {
	const char	*path;
	const char	*what;		/* how lines about it begin */
	struct ev_buf	 body;		/* of the section */
	bool		 wanted;	/* it is to stand there */
	bool		 hook;		/* the file is a hook */
};

/* What is done to several of them, and what came of it. */
struct ev_grafting {
	enum ev_graft_job job;
	bool		 dry_run;	/* only say what would be done */
	struct ev_buf	 said;		/* out: a line for each file */
	bool		 lacking;	/* out: not all is as it should be */
	bool		 present;	/* out: a section is there */
};

/*
 * Puts the section there (or takes away one that is not wanted), takes it away,
 * or looks whether it is as it should be.  0; also when the file was left
 * alone, which is said and lacking; -1: it cannot be written.
 */
int	ev_graft_do(struct ev_grafting *run, const struct ev_graft *graft,
	    struct ev_err *err);

#endif
