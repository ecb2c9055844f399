/*
 * slice: bytes that belong to somebody else.
 *
 * Who gives one says until when it is good.  No NUL stands behind it.
 */
#ifndef EV_BASE_SLICE_H
#define EV_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct ev_slice {
	const char	*p;
	size_t		 n;
};

#define EV_SLICE(literal) ((struct ev_slice)EV_SLICE_INIT(literal))
#define EV_SLICE_INIT(literal) { (literal), sizeof(literal) - 1 }

static inline struct ev_slice
ev_slice_of(const char *text)
{
	return (struct ev_slice){ text, strlen(text) };
}

static inline bool
ev_slice_eq(struct ev_slice a, struct ev_slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
ev_slice_is(struct ev_slice a, const char *text)
{
	return ev_slice_eq(a, ev_slice_of(text));
}

/* Byte order, the shorter first when one is the other's beginning. */
static inline int
ev_slice_cmp(struct ev_slice a, struct ev_slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int diff = n > 0 ? memcmp(a.p, b.p, n) : 0;

	if (diff != 0)
		return diff < 0 ? -1 : 1;
	return (a.n > b.n) - (a.n < b.n);
}

/* Cuts the next line off text, without its LF; false when there is no more. */
static inline bool
ev_slice_line(struct ev_slice *text, struct ev_slice *line)
{
	const char *lf;

	if (text->n == 0)
		return false;
	lf = (const char *)memchr(text->p, '\n', text->n);
	line->p = text->p;
	line->n = lf != NULL ? (size_t)(lf - text->p) : text->n;
	text->p += line->n + (lf != NULL);
	text->n -= line->n + (lf != NULL);
	return true;
}

static inline bool
ev_slice_starts(struct ev_slice a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.p != NULL && a.n >= n && memcmp(a.p, prefix, n) == 0;
}

#endif
