/*
 * gits: the commands in ev-git.
 *
 * Each has its operands, checked for their number, and gives the exit status.
 */
#ifndef EV_CMD_GITS_H
#define EV_CMD_GITS_H

#include "cmd.h"
#include "git/site.h"
#include "hook/tell.h"

/* What their options fill. */
struct git_options {
	const char	*hooks;
	bool		 track, dry_run, all, cached;
};

struct git {
	struct cmd		 cmd;		/* with its settings */
	struct git_options	 opt;
	struct ev_site		 site;
	struct ev_place		 place;
	struct ev_given		 given;
	struct ev_record	 record;
	struct ev_tell		 tell;
	struct ev_progress	 progress;
};

/* gits_hook.c; gits_setup.c; gits_log.c */
int	gits_hook(struct git *g, char **args, size_t n);
int	gits_backfill(struct git *g, char **args, size_t n);
int	gits_install(struct git *g, char **args, size_t n);
int	gits_uninstall(struct git *g, char **args, size_t n);
int	gits_status(struct git *g, char **args, size_t n);
int	gits_merge(struct git *g, char **args, size_t n);
int	gits_blame(struct git *g, char **args, size_t n);
int	gits_check(struct git *g, char **args, size_t n);

/* The repository at hand; ends with 2 when there is none. */
void	gits_site(struct git *g);

#endif
