#include "cli/defaults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "cli/conf.h"
#include "store/guard.h"

#define FILE_MOST (1u << 20) /* bytes of the store's config */

/* A file whose variables are being read. */
struct reading {
	struct ev_settings *settings;
	const char *file;
	enum ev_setting_rank rank;
	struct ev_err *err;
	bool wrong; /* it has a variable that is */
};

__attribute__((format(printf, 1, 2))) static char *
printed(const char *fmt, ...)
{
	va_list ap;
	char *text;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		ev_no_memory();
	return text;
}

static int
unknown(const struct reading *in, const char *name, int line)
{
	const char *near = ev_knob_nearest(name);

	if (near == NULL)
		return ev_fail(in->err, "%s:%d: unknown variable '%s'",
		    in->file, line, name);
	return ev_fail(in->err,
	    "%s:%d: unknown variable '%s', did you mean 'ev.%s'?", in->file,
	    line, name, near);
}

/* One more key whose values are redacted: no file takes back another's. */
static int
take_redact(const struct reading *in, const char *value, int line)
{
	char *origin;

	if (value == NULL || *value == '\0')
		return ev_fail(in->err, "%s:%d: '%s' has no value", in->file,
		    line, EV_SETTING_REDACT);
	origin = printed("file %s:%d", in->file, line);
	ev_setting_add_redact(in->settings, value, origin);
	free(origin);
	return 0;
}

static int
take_variable(void *arg, const char *name, const char *value, int line)
{
	const struct reading *in = arg;
	const struct ev_knob *knob = ev_knob_of(name);
	char *where;
	int r;

	if (strcmp(name, EV_SETTING_REDACT) == 0)
		return take_redact(in, value, line);
	if (knob == NULL)
		return unknown(in, name, line);
	if (knob->own && in->rank == EV_RANK_STORE)
		return ev_fail(in->err,
		    "%s:%d: '%s' counts only in the user's own config",
		    in->file, line, name);
	if (value == NULL || (*value == '\0' && !knob->empty))
		return ev_fail(
		    in->err, "%s:%d: '%s' has no value", in->file, line, name);
	where = printed("%s:%d: %s", in->file, line, name);
	r = ev_knob_check(knob, where, value, in->err);
	free(where);
	if (r < 0)
		return -1;
	where = printed("file %s:%d", in->file, line);
	ev_setting_set(in->settings, (enum ev_setting)(knob - ev_knobs), value,
	    in->rank, where);
	free(where);
	return 0;
}

/* The first that is wrong is told; the others count for who goes on. */
static int
take_each(void *arg, const char *name, const char *value, int line)
{
	struct reading *in = arg, one = *in;

	if (in->wrong)
		one.err = NULL;
	in->wrong |= take_variable(&one, name, value, line) < 0;
	return 0;
}

static int
take_text(struct reading *in, struct ev_slice text)
{
	struct ev_err why;

	if (ev_conf_read(text, in->file, take_each, in, &why) == 0)
		return in->wrong ? -1 : 0;
	return in->wrong ? -1 : ev_fail(in->err, "%s", why.text);
}

static int
read_user(struct ev_settings *settings, struct ev_err *err)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct ev_buf file = EV_BUF_INIT, text = EV_BUF_INIT;
	struct reading in = { settings, NULL, EV_RANK_USER, err, false };
	int r;

	if (xdg != NULL && *xdg != '\0')
		ev_buf_addf(&file, "%s/ev/config", xdg);
	else if (home != NULL && *home != '\0')
		ev_buf_addf(&file, "%s/.config/ev/config", home);
	else
		return 0;
	in.file = ev_buf_str(&file);
	r = ev_conf_load(in.file, false, &text, err);
	if (r > 0)
		r = take_text(&in, ev_buf_slice(&text));
	ev_buf_clear(&text);
	ev_buf_clear(&file);
	return r;
}

static bool
nothing_there(void)
{
	return errno == ENOENT || errno == ENOTDIR || errno == EACCES;
}

/* The store's config: 1, 0 not there, -1. */
static int
load_store(struct ev_place *place, const char *file, struct ev_buf *text,
    struct ev_err *err)
{
	struct ev_buf name = EV_BUF_INIT;
	int dir = ev_guard_place(place, err), fd, r;

	if (dir < 0)
		return nothing_there() ? 0 : -1;
	ev_buf_addf(&name, "%s/config", place->priv);
	fd = ev_guard_open(dir, ev_buf_str(&name), O_RDONLY, 0, err);
	r = fd >= 0 ? 1 : nothing_there() ? 0 : -1;
	ev_buf_clear(&name);
	if (fd < 0)
		return r;
	if (ev_read_fd(fd, text, FILE_MOST, file, err) < 0)
		r = -1;
	close(fd);
	return r;
}

int
ev_defaults_place(
    struct ev_settings *settings, struct ev_place *place, struct ev_err *err)
{
	struct ev_buf file = EV_BUF_INIT, text = EV_BUF_INIT;
	struct reading in = { settings, NULL, EV_RANK_STORE, err, false };
	int r;

	ev_buf_addf(&file, "%s/%s/config", place->dir, place->priv);
	in.file = ev_buf_str(&file);
	r = load_store(place, in.file, &text, err);
	if (r > 0)
		r = take_text(&in, ev_buf_slice(&text));
	ev_buf_clear(&text);
	ev_buf_clear(&file);
	return r;
}

/* The variable that sets a knob, or NULL. */
static const char *
set_by(const struct ev_knob *knob)
{
	const char *value;
	size_t i;

	for (i = 0; i < 2 && knob->env[i] != NULL; i++) {
		value = getenv(knob->env[i]);
		if (value != NULL && (*value != '\0' || knob->empty))
			return knob->env[i];
	}
	return NULL;
}

static int
read_environment(struct ev_settings *settings, struct ev_err *err)
{
	const char *name, *value;
	char *origin;
	size_t i;
	int r = 0;

	for (i = 0; i < EV_SETTINGS; i++) {
		name = set_by(&ev_knobs[i]);
		if (name == NULL)
			continue;
		value = getenv(name);
		if (ev_knob_check(
			&ev_knobs[i], name, value, r == 0 ? err : NULL) < 0) {
			r = -1;
			continue;
		}
		origin = printed("environment %s", name);
		ev_setting_set(settings, (enum ev_setting)i, value,
		    EV_RANK_ENVIRONMENT, origin);
		free(origin);
	}
	return r;
}

/* All that is right; 0, or -1 with the first that is wrong. */
static int
read_all(
    struct ev_settings *settings, struct ev_place *place, struct ev_err *err)
{
	int r = read_user(settings, err);

	if (place != NULL &&
	    ev_defaults_place(settings, place, r == 0 ? err : NULL) < 0)
		r = -1;
	if (read_environment(settings, r == 0 ? err : NULL) < 0)
		r = -1;
	return r;
}

struct ev_settings *
ev_defaults_read(struct ev_place *place, struct ev_err *err)
{
	struct ev_settings *settings = ev_settings_new();

	if (read_all(settings, place, err) == 0)
		return settings;
	ev_settings_free(settings);
	return NULL;
}

struct ev_settings *
ev_defaults_best(struct ev_place *place, struct ev_err *err)
{
	struct ev_settings *settings = ev_settings_new();

	if (read_all(settings, place, err) == 0)
		err->text[0] = '\0';
	return settings;
}
