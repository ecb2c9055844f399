/*
 * setting: what each knob is set to, and where that came from (3-commands 3.1,
 * --show-config).
 */
#ifndef EV_CLI_SETTING_H
#define EV_CLI_SETTING_H

#include "base/buf.h"
#include "cli/knob.h"

struct ev_settings;

/* Who says a value, the weakest first. */
enum ev_setting_rank {
	EV_RANK_DEFAULT,	/* built in */
	EV_RANK_USER,		/* the user's config */
	EV_RANK_STORE,		/* that of the store */
	EV_RANK_ENVIRONMENT,
	EV_RANK_OPTION
};

/* The variable of a file that names one more key to redact. */
#define EV_SETTING_REDACT "redact.key"

/* All as they are built in. */
struct ev_settings *ev_settings_new(void);
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
/* Sets a value unless a stronger one is there.  Both texts are copied. */
void	ev_setting_set(struct ev_settings *settings, enum ev_setting which,
	    const char *value, enum ev_setting_rank rank,
	    const char *origin);
/* One more key to redact: no file takes back another's.  Copied. */
void	ev_setting_add_redact(struct ev_settings *settings,
	    const char *value, const char *origin);
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
