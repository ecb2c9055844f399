#include "text/glob.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

/*
 * The character at p (p < end), moved behind it.  A byte that is not UTF-8 is
 * one of its own, above all characters.
 */
static inline uint32_t
take(const char **p, const char *end)
{
	unsigned char byte = (unsigned char)**p;
	uint32_t cp = byte;
	int n;

	if (byte < 0x80) {
		++*p;
		return cp;
	}
	n = ev_utf8_next(*p, end, &cp);
	if (n == 0) {
		++*p;
		return 0x110000 + byte;
	}
	*p += n;
	return cp;
}

/* A character of the pattern where \ takes the next one. */
static inline uint32_t
take_escaped(const char **p, const char *end)
{
	if (**p == '\\' && end - *p > 1)
		++*p;
	return take(p, end);
}

/*
 * The class behind a "[" at *p.  1: it has the character, 0: not, and *p is
 * moved behind its "]"; -1: no "]" closes it, *p stays.
 */
static int
in_class(const char **p, const char *end, uint32_t c)
{
	const char *s = *p, *start;
	bool negate, found = false;
	uint32_t low, high;

	negate = s < end && (*s == '!' || *s == '^');
	s += negate;
	for (start = s; s < end;) {
		if (*s == ']' && s > start) {
			*p = s + 1;
			return found != negate;
		}
		low = high = take_escaped(&s, end);
		if (end - s > 1 && *s == '-' && s[1] != ']') {
			s++;
			high = take_escaped(&s, end);
		}
		found = found || (low <= c && c <= high);
	}
	return -1;
}

/*
 * Whether one item of the pattern at *p (not a star) takes the character c;
 * moves *p behind the item.
 */
static bool
item_takes(const char **p, const char *end, uint32_t c)
{
	int r;

	if (**p == '?') {
		++*p;
		return true;
	}
	if (**p == '[') {
		++*p;
		r = in_class(p, end, c);
		return r < 0 ? c == '[' : r > 0;
	}
	return take_escaped(p, end) == c;
}

/* On a mismatch only the last star need take one character more. */
bool
ev_glob_match(struct ev_slice pattern, struct ev_slice text)
{
	const char *p = pattern.p, *p_end, *s = text.p, *s_end;
	const char *star = NULL, *star_s = NULL;

	if (pattern.n == 0 || text.n == 0) {
		for (; pattern.n > 0 && *pattern.p == '*'; pattern.n--)
			pattern.p++;
		return pattern.n == 0 && text.n == 0;
	}
	p_end = p + pattern.n;
	s_end = s + text.n;
	for (;;) {
		if (p < p_end && *p == '*') {
			star = ++p;
			star_s = s;
			if (p == p_end)
				return true;
			continue;
		}
		if (s == s_end)
			return p == p_end;
		if (p < p_end && item_takes(&p, p_end, take(&s, s_end)))
			continue;
		if (star == NULL)
			return false;
		take(&star_s, s_end);
		p = star;
		s = star_s;
	}
}

struct glob {
	struct ev_slice pattern;
	bool plain; /* nothing in it is special */
	bool exclude;
};

struct ev_globs {
	char *text; /* what the patterns point into */
	struct glob *glob;
	size_t n;
	bool includes; /* some pattern does not exclude */
};

static bool
is_plain(struct ev_slice pattern)
{
	size_t i;

	for (i = 0; i < pattern.n; i++)
		if (strchr("*?[\\", pattern.p[i]) != NULL)
			return false;
	return true;
}

static void
add(struct ev_globs *globs, const char *p, size_t n)
{
	struct glob *glob;

	globs->glob = ev_realloc(globs->glob, globs->n + 1, sizeof(*glob));
	glob = &globs->glob[globs->n++];
	glob->exclude = n > 0 && *p == '!';
	if (glob->exclude) {
		p++;
		n--;
	}
	glob->pattern = (struct ev_slice){ p, n };
	glob->plain = is_plain(glob->pattern);
	if (!glob->exclude)
		globs->includes = true;
}

struct ev_globs *
ev_globs_new(const char *list)
{
	struct ev_globs *globs = ev_calloc(1, sizeof(*globs));
	const char *p, *start;

	globs->text = ev_strdup(list);
	for (p = start = globs->text; *p != '\0'; p++) {
		if (*p == '\\' && p[1] != '\0') {
			p++;
		} else if (*p == ',') {
			add(globs, start, (size_t)(p - start));
			start = p + 1;
		}
	}
	add(globs, start, (size_t)(p - start));
	return globs;
}

void
ev_globs_free(struct ev_globs *globs)
{
	if (globs == NULL)
		return;
	free(globs->glob);
	free(globs->text);
	free(globs);
}

bool
ev_globs_match(const struct ev_globs *globs, struct ev_slice text)
{
	const struct glob *glob;
	bool taken = !globs->includes;
	size_t i;

	for (i = 0; i < globs->n; i++) {
		glob = &globs->glob[i];
		if (taken && !glob->exclude)
			continue;
		if (glob->plain ? !ev_slice_eq(glob->pattern, text) :
				  !ev_glob_match(glob->pattern, text))
			continue;
		if (glob->exclude)
			return false;
		taken = true;
	}
	return taken;
}
