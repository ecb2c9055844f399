/*
 * cause: the id that people mean by -p/--caused-by (3-commands 3.2).
 */
#ifndef EV_EMIT_CAUSE_H
#define EV_EMIT_CAUSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/store.h"

/* Does the text need the log to be understood: @last, @-3, or a prefix? */
bool	ev_cause_asks(const char *text);

/*
 * Appends the id: "@last", "@last:GLOBS" and "@-3" (the third from the end),
 * else what is a prefix, of six characters at least, of one id of the log;
 * anything else is an id as it stands.  store NULL: the log is empty.  -1: no
 * such event, several ids with this prefix, or an unknown @word.
 */
int	ev_cause_id(struct ev_store *store, const char *text,
	    struct ev_buf *id, struct ev_err *err);

#endif
