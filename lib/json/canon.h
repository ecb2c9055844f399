/*
 * canon: the one spelling of a JSON value, as digests of it need
 * (1-events 1.7).
 *
 * What JavaScript prints of it with its keys sorted: no blanks, keys sorted by
 * UTF-16 units at all levels, of a key that comes twice the later value,
 * numbers as ECMAScript prints doubles, no escapes but those of JSON.stringify.
 */
#ifndef EV_JSON_CANON_H
#define EV_JSON_CANON_H

#include "base/buf.h"
#include "json/scan.h"

/*
 * Appends the canonical form of a value that the scanner found sound.
 * without: a key that is left out of the outermost object, or NULL.
 */
void	ev_canon(struct ev_buf *out, const struct ev_val *val,
	    const char *without);

/* The order of keys: by UTF-16 units.  -1, 0, 1; 0 only for equal bytes. */
int	ev_canon_cmp(struct ev_slice a, struct ev_slice b);

#endif
