/*
 * scan: one line of JSON, validated and picked apart in one pass.
 *
 * The only JSON validator of the project (RFC 8259).  It checks every byte of
 * a line and notes where the wanted values stand; it allocates nothing and
 * copies nothing.
 *
 * What it reads must be followed by a sentinel: the byte behind the last one
 * is LF or NUL, and EV_SCAN_PAD bytes from the sentinel on can be read (their
 * values do not matter).  Inside a line LF never stands (a raw newline ends a
 * record), so white space is blank, TAB and CR.
 */
#ifndef EV_JSON_SCAN_H
#define EV_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "json/plan.h"
#include "json/token.h"

#define EV_SCAN_PAD	64
#define EV_SCAN_DEPTH	128		/* containers in containers */
#define EV_LINE_MOST	0x7fffff00u	/* no line may be longer, in bytes */

enum ev_kind {
	EV_NONE, EV_NULL, EV_FALSE, EV_TRUE, EV_NUMBER, EV_STRING, EV_OBJECT,
	EV_ARRAY
};

/* A value inside a line; good as long as the line is. */
struct ev_val {
	const char	*p;	/* string: behind its quote; else first byte */
	uint32_t	 n;	/* string: without its quotes */
	uint8_t		 kind;	/* enum ev_kind; EV_NONE: not there */
	uint8_t		 escaped; /* a string that holds a backslash */
};

/* "not a JSON object", "torn", … : what a line was instead of an object. */
const char *ev_scan_word(enum ev_scan result);

/*
 * Validates line[0..n) and fills slots[] (all of them; kind EV_NONE where the
 * line has no such value; of repeated keys the last one counts).  plan and
 * slots may be NULL.  On failure *at (may be NULL) is the offset of the first
 * wrong byte and the slots are undefined.
 */
enum ev_scan ev_scan_line(const struct ev_plan *plan, const char *line,
	    size_t n, struct ev_val *slots, size_t *at);

/*
 * The same for a line of which only the beginning is known: an LF stands
 * somewhere below limit, and *n becomes the line's length without it (plan and
 * slots may not be NULL).  Saves
 * a sound line the search for its end.
 */
enum ev_scan ev_scan_next(const struct ev_plan *plan, const char *line,
	    const char *limit, struct ev_val *slots, size_t *n);

/*
 * Validates one whole JSON text of any kind; white space around it is allowed
 * (no LF, see above).  EV_SCAN_OK: *val is the value.
 */
enum ev_scan ev_scan_value(const char *p, size_t n, struct ev_val *val,
	    size_t *at);

/* The kind of the sound value that begins with this byte. */
static inline uint8_t
ev_kind_of(char first)
{
	switch (first) {
	case '"':
		return EV_STRING;
	case '{':
		return EV_OBJECT;
	case '[':
		return EV_ARRAY;
	case 't':
		return EV_TRUE;
	case 'f':
		return EV_FALSE;
	case 'n':
		return EV_NULL;
	default:
		return EV_NUMBER;
	}
}

static inline struct ev_slice
ev_val_slice(const struct ev_val *val)
{
	return (struct ev_slice){ val->p, val->n };
}

/* The bytes of a value as they stand in the line, a string with its quotes. */
static inline struct ev_slice
ev_val_raw(const struct ev_val *val)
{
	if (val->kind == EV_STRING)
		return (struct ev_slice){ val->p - 1, (size_t)val->n + 2 };
	return ev_val_slice(val);
}

#endif
