/*
 * script: the words of a text for a shell, and what stands between them (POSIX
 * shell, 2.2 and 2.3), as far as one must know to find secrets in it.
 */
#ifndef EV_EXEC_SCRIPT_H
#define EV_EXEC_SCRIPT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

struct ev_exec_script {
	const char	*p, *end;
};

/*
 * The next piece: *raw its bytes; *word what a word means without its quotes,
 * reset first and empty for what is none.  False at the end.
 */
bool	ev_exec_script_next(struct ev_exec_script *script,
	    struct ev_slice *raw, struct ev_buf *word);

/* Does what stands between two words end a command? */
bool	ev_exec_script_ends(struct ev_slice between);

#endif
