/*
 * rowtext: the rows of the user's dialects, read from JSON.
 *
 *	[ { "name": "shop",
 *	    "detect": [ "order", "source=web" ],
 *	    "id": "uid", "time": "when ms", "type": [ "action", "kind" ],
 *	    "payload": "order" } ]
 *
 * A row has the columns of struct ev_dialect: role names and "payload" (one
 * key).  A cell is a string or an array of strings in the grammar of
 * event/dialect.h; "detect" an array of tests that must all hold: "PATH" (it
 * is there) or "PATH=VALUE" (it is that string, number or word).
 */
#ifndef EV_EVENT_ROWTEXT_H
#define EV_EVENT_ROWTEXT_H

#include "base/err.h"
#include "base/slice.h"
#include "event/custom.h"

/*
 * Reads a whole file, for ev_custom_free.  NULL: it is not strict JSON, or a
 * cell is wrong; the message says in which row and what is allowed, and names
 * the file as `file`.
 */
struct ev_custom *ev_rowtext_read(struct ev_slice text, const char *file,
	    struct ev_err *err);

#endif
