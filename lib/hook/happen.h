/*
 * happen: what each hook of git has to tell (3-commands 3.8).
 */
#ifndef EV_HOOK_HAPPEN_H
#define EV_HOOK_HAPPEN_H

#include <stddef.h>

#include "base/err.h"
#include "git/site.h"
#include "hook/kinds.h"
#include "hook/tell.h"

/*
 * A hook ran with these arguments and, when it is fed, this standard input:
 * records what happened, and brings the views up to date.  0; -1: not all of
 * it could be recorded.
 */
int	ev_happen(enum ev_hook which, struct ev_tell *tell,
	    const struct ev_site *site, char *const *args, size_t count,
	    int in, struct ev_err *err);

#endif
