#include "out/color.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const sgr[EV_STYLES] = {
	[EV_STYLE_DIM] = "\033[2m",
	[EV_STYLE_NAME] = "\033[36m",
	[EV_STYLE_GOOD] = "\033[32m",
	[EV_STYLE_WARN] = "\033[33m",
	[EV_STYLE_BAD] = "\033[31m",
	[EV_STYLE_WORST] = "\033[1;31m",
};

struct word {
	const char *text;
	enum ev_style style;
};

static const struct word outcomes[] = {
	{ "success", EV_STYLE_GOOD },
	{ "succeeded", EV_STYLE_GOOD },
	{ "ok", EV_STYLE_GOOD },
	{ "pass", EV_STYLE_GOOD },
	{ "passed", EV_STYLE_GOOD },
	{ "done", EV_STYLE_GOOD },
	{ "closed", EV_STYLE_GOOD },
	{ "allow", EV_STYLE_GOOD },
	{ "allowed", EV_STYLE_GOOD },
	{ "true", EV_STYLE_GOOD },
	{ "warn", EV_STYLE_WARN },
	{ "warning", EV_STYLE_WARN },
	{ "blocked", EV_STYLE_WARN },
	{ "expired", EV_STYLE_WARN },
	{ "fail", EV_STYLE_BAD },
	{ "failed", EV_STYLE_BAD },
	{ "failure", EV_STYLE_BAD },
	{ "error", EV_STYLE_BAD },
	{ "deny", EV_STYLE_BAD },
	{ "denied", EV_STYLE_BAD },
	{ "rejected", EV_STYLE_BAD },
};

static const struct word severities[] = {
	{ "3", EV_STYLE_WARN },
	{ "4", EV_STYLE_BAD },
	{ "5", EV_STYLE_WORST },
	{ "medium", EV_STYLE_WARN },
	{ "warning", EV_STYLE_WARN },
	{ "high", EV_STYLE_BAD },
	{ "error", EV_STYLE_BAD },
	{ "critical", EV_STYLE_WORST },
};

/* A variable's value, empty when it is unset. */
static const char *
env(const char *name)
{
	const char *value = getenv(name);

	return value != NULL ? value : "";
}

bool
ev_color_wanted(const char *when, bool terminal)
{
	const char *force = env("CLICOLOR_FORCE"), *term = env("TERM");

	if (when != NULL && strcmp(when, "always") == 0)
		return true;
	if (when != NULL && strcmp(when, "never") == 0)
		return false;
	if (*env("NO_COLOR") != '\0')
		return false;
	if (*force != '\0' && strcmp(force, "0") != 0)
		return true;
	return terminal && *term != '\0' && strcmp(term, "dumb") != 0;
}

void
ev_color_begin(struct ev_buf *out, enum ev_style style)
{
	if (style != EV_STYLE_NONE)
		ev_buf_adds(out, sgr[style]);
}

void
ev_color_end(struct ev_buf *out, enum ev_style style)
{
	if (style != EV_STYLE_NONE)
		ev_buf_adds(out, "\033[m");
}

static enum ev_style
style_of(const struct word *words, size_t count, struct ev_slice text)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (strlen(words[i].text) == text.n &&
		    strncasecmp(words[i].text, text.p, text.n) == 0)
			return words[i].style;
	}
	return EV_STYLE_NONE;
}

enum ev_style
ev_color_outcome(struct ev_slice word)
{
	return style_of(outcomes, sizeof(outcomes) / sizeof(outcomes[0]), word);
}

enum ev_style
ev_color_severity(struct ev_slice severity)
{
	return style_of(
	    severities, sizeof(severities) / sizeof(severities[0]), severity);
}
