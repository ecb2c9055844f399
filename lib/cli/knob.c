#include "cli/knob.h"

#include <string.h>

#include "cli/opt.h"
#include "text/nearest.h"

/* clang-format off */
const struct ev_knob ev_knobs[EV_SETTINGS] = {
	[EV_SET_STORE] = { .name = "store", .key = "store", .own = true,
	    .env = { "EV_STORE" } },
	[EV_SET_ACTOR] = { .name = "actor", .key = "actor",
	    .env = { "EV_ACTOR", "BD_ACTOR" } },
	[EV_SET_SESSION] = { .name = "session", .key = "session",
	    .env = { "EV_SESSION" } },
	[EV_SET_CORRELATION] = { .name = "correlation", .key = "correlation",
	    .env = { "EV_CORRELATION" } },
	[EV_SET_CAUSED_BY] = { .name = "caused-by",
	    .env = { "EV_CAUSED_BY" } },
	[EV_SET_LEVEL] = { .name = "level", .key = "level",
	    .env = { "EV_LEVEL" },
	    .form = EV_KNOB_WORD, .words = "audit ops debug" },
	[EV_SET_DIALECT] = { .name = "dialect", .key = "dialect",
	    .env = { "EV_DIALECT" } },
	[EV_SET_NOW] = { .name = "now",
	    .env = { "EV_NOW" } },
	[EV_SET_SYNC] = { .name = "sync", .key = "sync",
	    .env = { "EV_SYNC" }, .value = "none",
	    .form = EV_KNOB_WORD, .words = "none data full" },
	[EV_SET_MAX_LINE] = { .name = "max-line", .key = "maxline",
	    .env = { "EV_MAX_LINE" }, .value = "64M", .form = EV_KNOB_SIZE },
	[EV_SET_THREADS] = { .name = "threads", .key = "threads",
	    .env = { "EV_THREADS" }, .form = EV_KNOB_COUNT },
	[EV_SET_COLOR] = { .name = "color", .key = "color",
	    .env = { "EV_COLOR" }, .value = "auto",
	    .form = EV_KNOB_WORD, .words = "auto always never" },
	[EV_SET_PAGER] = { .name = "pager", .key = "pager", .own = true,
	    .empty = true, .env = { "EV_PAGER" } },
};
/* clang-format on */

/* Is value one of the words, which single blanks part? */
static bool
is_word(const char *words, const char *value)
{
	size_t n;

	for (; *words != '\0'; words += n + (words[n] == ' ')) {
		n = strcspn(words, " ");
		if (strlen(value) == n && strncmp(words, value, n) == 0)
			return true;
	}
	return false;
}

int
ev_knob_check(const struct ev_knob *knob, const char *where, const char *value,
    struct ev_err *err)
{
	struct ev_err why;
	size_t size;

	switch (knob->form) {
	case EV_KNOB_TEXT:
		return 0;
	case EV_KNOB_WORD:
		if (is_word(knob->words, value))
			return 0;
		return ev_fail(err, "%s: '%s' is not one of: %s", where, value,
		    knob->words);
	case EV_KNOB_SIZE:
		if (ev_opt_size(value, &size, &why) == 0)
			return 0;
		return ev_fail(err, "%s: %s", where, why.text);
	case EV_KNOB_COUNT:
		if (strspn(value, "0123456789") == strlen(value) &&
		    strlen(value) < 5 && *value != '\0')
			return 0;
		return ev_fail(err, "%s: '%s' is not a number from 0 to 9999",
		    where, value);
	}
	return 0;
}

/* The key of a variable that could be ours, or NULL. */
static const char *
key_of(const char *variable)
{
	if (strncmp(variable, "ev.", 3) == 0)
		return variable + 3;
	return strchr(variable, '.') == NULL ? variable : NULL;
}

const struct ev_knob *
ev_knob_of(const char *variable)
{
	const char *key = key_of(variable);
	size_t i;

	for (i = 0; key != NULL && i < EV_SETTINGS; i++)
		if (ev_knobs[i].key != NULL &&
		    strcmp(ev_knobs[i].key, key) == 0)
			return &ev_knobs[i];
	return NULL;
}

const char *
ev_knob_nearest(const char *variable)
{
	const char *keys[EV_SETTINGS + 1], *key = key_of(variable);
	size_t i, n = 0;

	for (i = 0; i < EV_SETTINGS; i++)
		if (ev_knobs[i].key != NULL)
			keys[n++] = ev_knobs[i].key;
	keys[n] = NULL;
	return key == NULL ? NULL : ev_nearest(ev_slice_of(key), keys);
}
