#include "exec/script.h"

#include <string.h>

/* What parts words: blanks and operators. */
static bool
parts(char c)
{
	return c != '\0' && strchr(" \t\n;|&<>()`", c) != NULL;
}

/* Behind what is quoted from p on, in '...' or "..."; its meaning to word. */
static const char *
quoted(const char *p, const char *end, struct ev_buf *word)
{
	char quote = *p++;

	for (; p < end && *p != quote; p++) {
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
	while (p < s->end && parts(*p))
		p++;
	while (p == begin || (p < s->end && !parts(*begin) && !parts(*p)))
		p = piece(p, s->end, word);
	*raw = (struct ev_slice){ begin, (size_t)(p - begin) };
	s->p = p;
	return true;
}

bool
ev_exec_script_ends(struct ev_slice between)
{
	size_t i;

	for (i = 0; i < between.n; i++)
		if (strchr("\n;|&()`", between.p[i]) != NULL)
			return true;
	return false;
}
