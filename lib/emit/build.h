/*
 * build: TYPE, fields and options to one event (3-commands 3.2).
 */
#ifndef EV_EMIT_BUILD_H
#define EV_EMIT_BUILD_H

#include "base/err.h"
#include "emit/queue.h"
#include "emit/given.h"

/*
 * Makes an event of the dialect that was given (emit/content says what goes
 * where).  Fills the entry.  1; 0: its level is not kept; -1: the event is not
 * allowed, the message begins with the field's name.
 */
int	ev_build(struct ev_given *given, const char *type,
	    char *const *fields, size_t count, struct ev_entry *entry,
	    struct ev_extra *extra, struct ev_err *err);

#endif
