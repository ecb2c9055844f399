/*
 * seals: the modes of ev-fsck that are about seals.
 */
#ifndef EV_CMD_SEALS_H
#define EV_CMD_SEALS_H

#include "cmd.h"
#include "fsck/finding.h"
#include "fsck/options.h"
#include "store/place.h"

/* Does what --seal, --seal-until, --verify or --anchor ask for; what was done
 * and found is added to findings.  Gives the exit status where no problem among
 * them tells; -1: it could not be done. */
int	seals_run(const struct cmd *cmd, const struct ev_fsck_options *opt,
	    const struct ev_place *place, struct ev_findings *findings,
	    struct ev_err *err);

#endif
