/*
 * site: the repository at hand as a place: its directories, and what is at
 * work there.
 */
#ifndef EV_GIT_SITE_H
#define EV_GIT_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* All paths are absolute and the site's. */
struct ev_site {
	char	*dir;		/* the git directory */
	char	*common;	/* that of all its work trees; may be dir */
	char	*top;		/* the work tree's root; NULL: there is none */
};

#define EV_SITE_INIT { NULL, NULL, NULL }

/*
 * Inside a hook: the repository that it runs for, told by GIT_DIR and the
 * working directory, where git puts hooks, without a child in nearly all
 * cases.  The second asks git, from anywhere in the repository.  Both begin
 * with an empty site.  0; -1: there is no repository.
 */
int	ev_site_hook(struct ev_site *site, int64_t until, struct ev_err *err);
int	ev_site_ask(struct ev_site *site, int64_t until, struct ev_err *err);
void	ev_site_clear(struct ev_site *site);

/* Is it a linked work tree (git-worktree(1))? */
bool	ev_site_linked(const struct ev_site *site);

/*
 * The directory, malloced, whose log an untracked one is: the root of the main
 * work tree; without one (a bare repository) the git directory.
 */
char	*ev_site_main(const struct ev_site *site);

/* The merge driver of install --track, malloced; NULL: it is not there. */
char	*ev_site_driver(const struct ev_site *site);

/* Is a rebase, a row of picks or a merge at work that will want the work tree
 * as it left it? */
bool	ev_site_busy(const struct ev_site *site);

#endif
