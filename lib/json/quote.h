/*
 * quote: JSON strings to text and back.
 */
#ifndef EV_JSON_QUOTE_H
#define EV_JSON_QUOTE_H

#include <stdbool.h>

#include "base/buf.h"
#include "json/scan.h"

/*
 * Appends what a string value (without its quotes) means, as UTF-8; a lone
 * surrogate escape becomes its three WTF-8 bytes, \u0000 a NUL.
 */
void	ev_unquote(struct ev_buf *out, const struct ev_val *string);

/*
 * The text of a value: a string decoded (borrowed from the line when it holds
 * no escape, else from *scratch, which is reset), anything else its raw bytes.
 * EV_NONE and null give an empty slice.
 */
struct ev_slice ev_val_text(const struct ev_val *val, struct ev_buf *scratch);

/* True when a string value means exactly this text; no memory is needed. */
bool	ev_val_is(const struct ev_val *val, const char *text);
bool	ev_val_eq(const struct ev_val *val, struct ev_slice text);

/*
 * Appends text as a JSON string with its quotes, in the form that we write
 * (2-store 2.7): shortest escapes for C0, \uXXXX for DEL, C1, U+2028/9 and the
 * bidirectional controls, everything else as it is.  text must be UTF-8; the
 * WTF-8 of ev_unquote becomes the lone escape again, another byte U+FFFD.
 */
void	ev_quote(struct ev_buf *out, struct ev_slice text);

/*
 * Rewrites the unsafe characters of ev_quote to \uXXXX inside the strings of a
 * JSON text, in place; all else stays.
 */
void	ev_quote_unsafe(struct ev_buf *json);

#endif
