/*
 * redact: secrets in a line that is about to be written, replaced by
 * [REDACTED:kind] (3-commands 3.2).
 *
 * Only values change, keys stay; strings are looked at as what they mean, so
 * that no escape hides anything.  A line without secrets keeps its bytes, and
 * so does all of a line around them, but for a string that is spelt with
 * escapes: that is written anew (json/quote.h).  The same text always becomes
 * the same, and in what was redacted nothing is found.
 *
 * One counts what it finds: not for several threads at once.
 */
#ifndef EV_EMIT_REDACT_H
#define EV_EMIT_REDACT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

struct ev_redact;

struct ev_redact *ev_redact_new(void);
void	ev_redact_free(struct ev_redact *redact);

/*
 * From now on the values of this key go, too, at any depth: texts that are not
 * empty, numbers, objects and arrays.  Keys compare decoded, ASCII letters
 * without case.
 */
void	ev_redact_key(struct ev_redact *redact, const char *name);

/*
 * Looks at sound JSON without line ends.  True: it holds secrets, and *out
 * (reset first) is the text without them, with the sentinel of json/scan.h.
 * Time and memory are linear in its length.
 */
bool	ev_redact_line(struct ev_redact *redact, struct ev_slice json,
	    struct ev_buf *out);

/* The same for the JSON value that a key has. */
bool	ev_redact_value(struct ev_redact *redact, struct ev_slice key,
	    struct ev_slice json, struct ev_buf *out);

/*
 * Appends what a user should be told about all that was found so far: "2
 * secrets redacted (aws-key, url-password); --no-redact keeps them".  False:
 * nothing was.
 */
bool	ev_redact_told(const struct ev_redact *redact, struct ev_buf *out);

/* What was found so far is not to be told. */
void	ev_redact_forget(struct ev_redact *redact);

#endif
