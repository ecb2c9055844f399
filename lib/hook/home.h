/*
 * home: the store that a repository's hooks write to (2-store 2.5, 2.7).
 */
#ifndef EV_HOOK_HOME_H
#define EV_HOOK_HOME_H

#include <stdbool.h>

#include "base/err.h"
#include "git/site.h"
#include "store/place.h"

/*
 * Finds it: `named` (-S, EV_STORE) when not NULL, else in the root of the main
 * work tree or, when the log is tracked, of this one; of a repository without
 * one in the git directory.  The repository is trusted, git has seen to that.
 * -1: as ev_place_find; then the place is as ev_place_afar leaves it.
 */
int	ev_home_find(struct ev_place *place, const struct ev_site *site,
	    const char *named, bool tracked, struct ev_err *err);

#endif
