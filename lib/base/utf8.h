/*
 * utf8: characters in bytes (RFC 3629: no surrogates, none over U+10FFFF,
 * shortest form only).
 */
#ifndef EV_BASE_UTF8_H
#define EV_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Reads the character at p (p < end).  Gives its length 1..4 and writes *cp,
 * or 0 when the bytes there are not UTF-8.
 */
int	ev_utf8_next(const char *p, const char *end, uint32_t *cp);

/* True when all n bytes are UTF-8. */
bool	ev_utf8_valid(const char *p, size_t n);

/* Appends one character; a surrogate gives its three bytes (WTF-8). */
void	ev_utf8_put(struct ev_buf *buf, uint32_t cp);

/*
 * The UTF-16 code units of valid UTF-8, one after the other (JavaScript's
 * view of a string).  Start with unit = {p, end, 0}; gives false at the end.
 */
struct ev_utf16 {
	const char	*p, *end;
	uint32_t	 low;	/* the pending second half of a pair, or 0 */
};
bool	ev_utf16_next(struct ev_utf16 *unit, uint16_t *out);

/*
 * True for a character that must not reach a terminal or stand raw in what we
 * write: C0, DEL, C1, U+2028/9 and the bidirectional controls.
 */
bool	ev_utf8_unsafe(uint32_t cp);

#endif
