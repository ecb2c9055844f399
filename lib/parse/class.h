/*
 * class: which of AgentGuard's types a failure has (the seed's taxonomy).
 */
#ifndef EV_PARSE_CLASS_H
#define EV_PARSE_CLASS_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * Of an exception: its class ("TypeError", "java.lang.StackOverflowError";
 * empty: not known) and its message.  "RuntimeCrash" when the tables have
 * neither.
 */
const char *ev_class_exception(struct ev_slice class, struct ev_slice message);

/*
 * Of what a compiler says: its level as it is written (empty: an error), the
 * code, the message.
 * NULL for a level that is no failure (note, help).
 */
const char *ev_class_compiler(struct ev_slice level, struct ev_slice code,
	    struct ev_slice message);

/* Of what a linter says; the same terms, but nothing is a build's failure. */
const char *ev_class_linter(struct ev_slice level, struct ev_slice message);

#endif
