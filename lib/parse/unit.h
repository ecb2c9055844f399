/*
 * unit: JSON values cut out of bytes: an object, or the elements of an array.
 */
#ifndef EV_PARSE_UNIT_H
#define EV_PARSE_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "json/scan.h"

#define EV_UNIT_MOST ((size_t)64 << 20)	/* bytes of one value */

/* Zero it at first; ev_unit_clear at the end. */
struct ev_unit {
	struct ev_buf	 raw;		/* bytes since the last value's end */
	size_t		 from;		/* where the value begins in raw */
	size_t		 depth;
	bool		 list;		/* the values are an array's */
	bool		 begun;
	bool		 string, escape;
};

enum ev_unit_now {
	EV_UNIT_MORE,	/* all bytes were taken */
	EV_UNIT_VALUE,	/* a value is whole: ev_unit_value reads it */
	EV_UNIT_END,	/* the array is at its end */
	EV_UNIT_WRONG	/* it is no JSON: the bytes stand in raw */
};

void	ev_unit_begin(struct ev_unit *unit);
void	ev_unit_clear(struct ev_unit *unit);

/* Takes bytes; *used of them.  After EV_UNIT_VALUE without `list` it is over. */
enum ev_unit_now ev_unit_feed(struct ev_unit *unit, const char *p, size_t n,
	    size_t *used);

/*
 * The value that is whole; bytes in it that are not UTF-8 became U+FFFD.  Good
 * until the next call; ev_unit_next goes on behind it.  False: it is no JSON.
 */
bool	ev_unit_value(struct ev_unit *unit, struct ev_val *val);
void	ev_unit_next(struct ev_unit *unit);

/* May a line be the beginning of JSON? */
bool	ev_unit_opens(struct ev_slice line);

#endif
