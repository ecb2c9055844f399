/*
 * setting: defaults that come from the environment and the configuration, and
 * where each came from (3-commands 3.1, --show-config).
 */
#ifndef EV_CLI_SETTING_H
#define EV_CLI_SETTING_H

#include "base/buf.h"
#include "base/err.h"
#include "cli/knob.h"
#include "store/place.h"

struct ev_settings;

/*
 * Reads, weakest first: built-in defaults, the section [ev] of
 * $XDG_CONFIG_HOME/ev/config (~/.config without it), that of `config` in the
 * store's private directory (place may be NULL), the environment.  The key is
 * the setting's name without its dash (maxline; caused-by and now have none);
 * keys before any section count as [ev]'s; [redact] has `key`, once for each
 * of its keys; any other variable, and a value that the setting cannot have, is an error that
 * names file and line.  The store's config can set only what names no command
 * and no path: pager and store there are errors.  A file that is not ours to
 * read counts as not there.  An empty variable of the environment counts as
 * unset (but for EV_PAGER: no pager).
 */
struct ev_settings *ev_settings_new(struct ev_place *place,
	    struct ev_err *err);
/* The same, but what is wrong is left out, never NULL: *err says what was the
 * first, or is empty. */
struct ev_settings *ev_settings_best(struct ev_place *place,
	    struct ev_err *err);
/*
 * Adds the store's config later, at its rank: for who needs EV_SET_STORE to
 * find the place.  0, or -1: one of its variables is wrong, and the others
 * count for who goes on all the same.
 */
int	ev_settings_place(struct ev_settings *settings,
	    struct ev_place *place, struct ev_err *err);
void	ev_settings_free(struct ev_settings *settings);

/* The value, or NULL when unset; the settings'. */
const char *ev_setting(const struct ev_settings *settings,
	    enum ev_setting which);
/* Where it came from, see ev_settings_show; the settings'. */
const char *ev_setting_origin(const struct ev_settings *settings,
	    enum ev_setting which);
/*
 * The name of a key whose values are redacted ("key" of [redact], of both files
 * together), by its number from 0; NULL behind the last; the settings'.
 */
const char *ev_setting_redact(const struct ev_settings *settings, size_t i);
/* What an option on the command line set ("option" is its origin); copied. */
void	ev_setting_put(struct ev_settings *settings, enum ev_setting which,
	    const char *value);
/*
 * name TAB value TAB origin, a line each; unset ones with an empty value.
 * Control characters are escaped.  Origins: "default", "file PATH:LINE",
 * "environment NAME", "option".
 */
void	ev_settings_show(const struct ev_settings *settings,
	    struct ev_buf *out);

#endif
