/*
 * pick: texts and numbers out of a report in JSON.
 */
#ifndef EV_PARSE_PICK_H
#define EV_PARSE_PICK_H

#include <stdint.h>

#include "base/buf.h"
#include "json/scan.h"

/*
 * The value at keys in keys: "a.b.c"; "0" as a key takes the first element of
 * an array.  EV_NONE: there is none.
 */
struct ev_val ev_pick(const struct ev_val *val, const char *keys);
/* Its text, cleaned (parse/clean.h), in *out; empty unless it is a string or a
 * number. */
struct ev_slice ev_pick_text(const struct ev_val *val, const char *keys,
	    struct ev_buf *out);
/* Its number; 0 when it is none, or too great. */
uint32_t ev_pick_number(const struct ev_val *val, const char *keys);
/* Does it stand for this text? */
bool	ev_pick_is(const struct ev_val *val, const char *keys,
	    const char *text);

#endif
