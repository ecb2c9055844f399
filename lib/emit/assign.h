/*
 * assign: FIELD=TEXT and its sisters on the command line (3-commands 3.2).
 *
 *	FIELD=TEXT	a text		FIELD=@FILE	the text of a file
 *	FIELD:=JSON	any JSON	FIELD:=@FILE	the JSON of a file
 *	FIELD+=TEXT	one more text in an array
 *
 * The first of `:=@ := =@ += =` splits: the first place where one stands, and
 * there the longest.  FIELD is a path of keys.
 */
#ifndef EV_EMIT_ASSIGN_H
#define EV_EMIT_ASSIGN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct ev_assign {
	struct ev_slice	name;	/* FIELD, the argument's bytes */
	struct ev_buf	raw;	/* its value as JSON on one line */
	bool		push;	/* += */
	bool		file;	/* its value stood in one */
};

#define EV_ASSIGN_INIT { { NULL, 0 }, EV_BUF_INIT, false, false }

/*
 * Reads an argument; files of more than `limit` bytes are refused.  -1: no
 * separator, a text that is not UTF-8 or holds a NUL, not JSON, a file that
 * cannot be read; the message begins with the field's name.  raw is reset
 * first, not cleared.
 */
int	ev_assign_parse(struct ev_assign *field, const char *arg, size_t limit,
	    struct ev_err *err);

#endif
