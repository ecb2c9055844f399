/*
 * setting: defaults that come from the environment and the configuration, and
 * where each came from (3-commands 3.1, --show-config).
 */
#ifndef EV_CLI_SETTING_H
#define EV_CLI_SETTING_H

#include "base/buf.h"
#include "base/err.h"
#include "store/place.h"

enum ev_setting {
	EV_SET_STORE, EV_SET_ACTOR, EV_SET_SESSION, EV_SET_CORRELATION,
	EV_SET_CAUSED_BY, EV_SET_LEVEL, EV_SET_DIALECT, EV_SET_NOW,
	EV_SET_SYNC, EV_SET_MAX_LINE, EV_SET_THREADS, EV_SET_COLOR,
	EV_SET_PAGER,
	EV_SETTINGS
};

struct ev_settings;

/*
 * Reads, weakest first: built-in defaults, $XDG_CONFIG_HOME/ev/config,
 * `config` in the store's private directory (place may be NULL; it can set
 * only what names no command and no path: pager and store there are refused
 * with an error), the environment.  An unknown variable is an error that names
 * file and line.
 */
struct ev_settings *ev_settings_new(const struct ev_place *place,
	    struct ev_err *err);
void	ev_settings_free(struct ev_settings *settings);

/* The value, or NULL when unset; the settings'. */
const char *ev_setting(const struct ev_settings *settings,
	    enum ev_setting which);
/* What an option on the command line set ("option" is its origin). */
void	ev_setting_put(struct ev_settings *settings, enum ev_setting which,
	    const char *value);
/* name TAB value TAB origin, a line each; unset ones with an empty value. */
void	ev_settings_show(const struct ev_settings *settings,
	    struct ev_buf *out);

#endif
