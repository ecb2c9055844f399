#include "hook/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "store/segment.h"

/* Of the private directory, what goes with a log that is tracked. */
static const char *const seals[] = { "seals.log", "*.leaves" };
#define SEALS (sizeof(seals) / sizeof(seals[0]))

/* A line ends a pattern, so any one character stands for its end. */
static void
add_name(struct ev_buf *out, const char *name)
{
	for (; *name != '\0'; name++) {
		if (strchr("\\*?[ ", *name) != NULL)
			ev_buf_addc(out, '\\');
		ev_buf_addc(out, *name == '\n' ? '?' : *name);
	}
}

/* "/SUB/NAME": a pattern that means this name alone. */
static void
add_pattern(struct ev_buf *out, const char *sub, const char *name)
{
	ev_buf_addc(out, '/');
	add_name(out, sub);
	if (*sub != '\0')
		ev_buf_addc(out, '/');
	add_name(out, name);
}

static void
add_line(struct ev_buf *out, const char *sub, const char *name, const char *end)
{
	add_pattern(out, sub, name);
	ev_buf_addf(out, "%s\n", end);
}

/* All segments that the log may get (store/segment.h). */
static void
add_segments(struct ev_buf *out, const char *sub, const char *log)
{
	static const char any[] = ".0-1";
	char *name = ev_segment_name(log, 0, 1), *range = name, *rest;

	/* behind all of the log's name that looks so, too */
	while ((rest = strstr(range + 1, any)) != NULL)
		range = rest;
	rest = range + sizeof(any) - 1;
	range[1] = '\0';
	add_pattern(out, sub, name);
	ev_buf_addf(out, "[0-9]*-[0-9]*%s\n", rest);
	free(name);
}

void
ev_pattern_exclude(const struct ev_place *place, const char *sub, bool track,
    struct ev_buf *out)
{
	size_t i;

	if (!track) {
		add_line(out, sub, place->log, "");
		add_segments(out, sub, place->log);
	}
	add_line(out, sub, place->peer, "");
	add_line(out, sub, place->priv, track ? "/*" : "/");
	for (i = 0; track && i < SEALS; i++) {
		ev_buf_addc(out, '!');
		add_pattern(out, sub, place->priv);
		ev_buf_addf(out, "/%s\n", seals[i]);
	}
	if (strchr(place->feed, '/') == NULL)
		add_line(out, sub, place->feed, "");
}

int
ev_pattern_check(
    const struct ev_place *place, const char *sub, struct ev_err *err)
{
	static const char hard[] = "\\*?[ \"\t\n";
	const char *name = strpbrk(sub, hard) != NULL ? sub : place->log;

	if (strpbrk(name, hard) == NULL)
		return 0;
	return ev_fail(err,
	    "'%s' cannot stand in .gitattributes: blanks and wildcards", name);
}

void
ev_pattern_attributes(
    const struct ev_place *place, const char *sub, struct ev_buf *out)
{
	size_t i;

	add_line(out, sub, place->log, " -text merge=ev");
	for (i = 0; i < SEALS; i++) {
		add_pattern(out, sub, place->priv);
		ev_buf_addf(out, "/%s -text merge=union\n", seals[i]);
	}
}
