#include "cli/setting.h"

#include <stdlib.h>

#include "base/mem.h"
#include "out/escape.h"

struct setting {
	char *value;
	char *origin; /* NULL: "default" */
	enum ev_setting_rank rank;
};

struct ev_settings {
	struct setting set[EV_SETTINGS];
	struct setting *redact; /* the keys, of all files */
	size_t redacts;
};

struct ev_settings *
ev_settings_new(void)
{
	return ev_calloc(1, sizeof(struct ev_settings));
}

void
ev_setting_set(struct ev_settings *settings, enum ev_setting which,
    const char *value, enum ev_setting_rank rank, const char *origin)
{
	struct setting *set = &settings->set[which];
	struct setting now = { NULL, NULL, rank };

	if (rank < set->rank)
		return;
	now.value = ev_strdup(value);
	now.origin = ev_strdup(origin);
	free(set->value);
	free(set->origin);
	*set = now;
}

void
ev_setting_add_redact(
    struct ev_settings *settings, const char *value, const char *origin)
{
	settings->redact = ev_realloc(
	    settings->redact, settings->redacts + 1, sizeof(*settings->redact));
	settings->redact[settings->redacts++] =
	    (struct setting){ ev_strdup(value), ev_strdup(origin),
		    EV_RANK_DEFAULT };
}

void
ev_settings_free(struct ev_settings *settings)
{
	size_t i;

	if (settings == NULL)
		return;
	for (i = 0; i < EV_SETTINGS; i++) {
		free(settings->set[i].value);
		free(settings->set[i].origin);
	}
	for (i = 0; i < settings->redacts; i++) {
		free(settings->redact[i].value);
		free(settings->redact[i].origin);
	}
	free(settings->redact);
	free(settings);
}

const char *
ev_setting_redact(const struct ev_settings *settings, size_t i)
{
	return i < settings->redacts ? settings->redact[i].value : NULL;
}

const char *
ev_setting(const struct ev_settings *settings, enum ev_setting which)
{
	const char *value = settings->set[which].value;

	return value != NULL ? value : ev_knobs[which].value;
}

const char *
ev_setting_origin(const struct ev_settings *settings, enum ev_setting which)
{
	const char *origin = settings->set[which].origin;

	return origin != NULL ? origin : "default";
}

void
ev_setting_put(
    struct ev_settings *settings, enum ev_setting which, const char *value)
{
	ev_setting_set(settings, which, value, EV_RANK_OPTION, "option");
}

static void
show(
    struct ev_buf *out, const char *name, const char *value, const char *origin)
{
	ev_buf_addf(out, "%s\t", name);
	if (value != NULL)
		ev_escape(out, ev_slice_of(value));
	ev_buf_addc(out, '\t');
	ev_escape(out, ev_slice_of(origin));
	ev_buf_addc(out, '\n');
}

void
ev_settings_show(const struct ev_settings *settings, struct ev_buf *out)
{
	const struct setting *key = settings->redact;
	size_t i;

	for (i = 0; i < EV_SETTINGS; i++)
		show(out, ev_knobs[i].name,
		    ev_setting(settings, (enum ev_setting)i),
		    ev_setting_origin(settings, (enum ev_setting)i));
	for (i = 0; i < settings->redacts; i++)
		show(out, EV_SETTING_REDACT, key[i].value, key[i].origin);
}
