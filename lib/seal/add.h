/*
 * add: a new line of seals.log.
 */
#ifndef EV_SEAL_ADD_H
#define EV_SEAL_ADD_H

#include "base/buf.h"
#include "base/err.h"
#include "seal/book.h"

/* Makes the line, without LF, of a seal or note that follows on all there are:
 * its day, note, n, bytes and root are set, its hash and time become so.
 * reason: of a note, of [a-z ].  0; -1: what time is it? */
int	ev_seal_line(const struct ev_book *book, struct ev_seal *seal,
	    const char *reason, struct ev_buf *line, struct ev_err *err);

/* Appends the line of a seal and an LF to the held file, behind an LF when its
 * last line has none, and makes it durable; the next line follows on it.  0 or
 * -1. */
int	ev_seal_append(struct ev_book *book, const struct ev_dir *dir,
	    const struct ev_seal *seal, struct ev_buf *line,
	    struct ev_err *err);

#endif
