/*
 * defaults: the settings as the config files and the environment have them
 * (3-commands 3.1).
 */
#ifndef EV_CLI_DEFAULTS_H
#define EV_CLI_DEFAULTS_H

#include "base/err.h"
#include "cli/setting.h"
#include "store/place.h"

/*
 * Reads, weakest first: built-in defaults, the section [ev] of
 * $XDG_CONFIG_HOME/ev/config (~/.config without it), that of `config` in the
 * store's private directory (place may be NULL), the environment.  The key is
 * the setting's name without its dash (maxline; caused-by and now have none);
 * keys before any section count as [ev]'s; [redact] has `key`, once for each
 * of its keys; any other variable, and a value that the setting cannot have,
 * is an error that names file and line.  The store's config can set only what
 * names no command and no path: pager and store there are errors.  A file that
 * is not ours to read counts as not there.  An empty variable of the
 * environment counts as unset (but for EV_PAGER: no pager).
 */
struct ev_settings *ev_defaults_read(struct ev_place *place,
	    struct ev_err *err);
/* The same, but what is wrong is left out, never NULL: *err says what was the
 * first, or is empty. */
struct ev_settings *ev_defaults_best(struct ev_place *place,
	    struct ev_err *err);
/*
 * Adds the store's config later, at its rank: for who needs EV_SET_STORE to
 * find the place.  0, or -1: one of its variables is wrong, and the others
 * count for who goes on all the same.
 */
int	ev_defaults_place(struct ev_settings *settings,
	    struct ev_place *place, struct ev_err *err);

#endif
