/*
 * conf: files in git-config syntax (git-config(1), "CONFIGURATION FILE").
 */
#ifndef EV_CLI_CONF_H
#define EV_CLI_CONF_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * Reads a text and calls fn for every variable: name is section.key or
 * section.subsection.key, section and key in lower case, or the key alone
 * where no section was begun; value NULL for a bare key (true).  fn's non-zero
 * return ends the reading and is given back; -1 with file and line for what is
 * not git-config syntax.
 */
int	ev_conf_read(struct ev_slice text, const char *file,
	    int (*fn)(void *arg, const char *name, const char *value,
	    int line), void *arg, struct ev_err *err);

/*
 * Appends a file's bytes to *out: 1, 0 when it is not there or not ours to
 * read, -1 (also for what is no regular file, or over 4 MiB).  owned: one that
 * belongs to neither the user nor root counts as not there.
 */
int	ev_conf_load(const char *file, bool owned, struct ev_buf *out,
	    struct ev_err *err);

/*
 * The value of one variable in a file, for free() ("true" for a bare key): 1,
 * 0 not there (nor the file), -1.  Later ones win.
 */
int	ev_conf_get(const char *file, const char *name, char **value,
	    struct ev_err *err);

/*
 * git's user.name by the files alone, for free(), or NULL: the repository's
 * config (dir: a directory in its work tree, or NULL), then ~/.gitconfig and
 * $XDG_CONFIG_HOME/git/config (GIT_CONFIG_GLOBAL instead of both), then
 * /etc/gitconfig (GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM).  include.path, and
 * that of includeIf "gitdir:...", is followed in the user's own files only;
 * other conditions and config.worktree are not read.  A repository's config that
 * belongs to neither the user nor root says nothing, nor does a file that is not
 * sound.
 */
char	*ev_conf_git_user(const char *dir);

#endif
