#include "exec/script.h"

#include <string.h>

/* What parts words: blanks and operators. */
static bool
parts(char c)
{
	return c != '\0' && strchr(" \t\n;|&<>()`", c) != NULL;
}

/* A backslash at the end of a line: the shell does not see either. */
static bool
goes_on(const char *p, const char *end)
{
	return end - p >= 2 && p[0] == '\\' && p[1] == '\n';
}

/* Behind what is quoted from p on, in '...' or "..."; its meaning to word. */
static const char *
quoted(const char *p, const char *end, struct ev_buf *word)
{
	char quote = *p++;

	for (; p < end && *p != quote; p++) {
		if (quote == '"' && goes_on(p, end)) {
			p++;
			continue;
		}
		if (quote == '"' && *p == '\\' && p + 1 < end)
			p++;
		ev_buf_addc(word, *p);
	}
	return p < end ? p + 1 : p;
}

/* One character of a word, or all that is quoted. */
static const char *
piece(const char *p, const char *end, struct ev_buf *word)
{
	if (*p == '\'' || *p == '"')
		return quoted(p, end, word);
	if (goes_on(p, end))
		return p + 2;
	if (*p == '\\' && p + 1 < end)
		p++;
	ev_buf_addc(word, *p);
	return p + 1;
}

bool
ev_exec_script_next(
    struct ev_exec_script *s, struct ev_slice *raw, struct ev_buf *word)
{
	const char *begin = s->p, *p = begin;

	ev_buf_reset(word);
	if (p == s->end)
		return false;
	while (p < s->end && (parts(*p) || goes_on(p, s->end)))
		p += parts(*p) ? 1 : 2;
	if (p == begin)
		do
			p = piece(p, s->end, word);
		while (p < s->end && !parts(*p));
	*raw = (struct ev_slice){ begin, (size_t)(p - begin) };
	s->p = p;
	return true;
}

bool
ev_exec_script_ends(struct ev_slice between)
{
	size_t i;

	for (i = 0; i < between.n; i++)
		if (between.p[i] == '\\')
			i++; /* the line goes on */
		else if (strchr("\n;|&()`", between.p[i]) != NULL)
			return true;
	return false;
}
