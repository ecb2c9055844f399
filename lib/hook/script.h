/*
 * script: what stands in a hook for us.
 */
#ifndef EV_HOOK_SCRIPT_H
#define EV_HOOK_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "hook/kinds.h"

/* What the hooks' lines say. */
struct ev_script {
	const char	*command;	/* ev-git's absolute path */
	const char	*store;		/* the store's absolute path, or NULL */
	bool		 chosen[EV_HOOKS];
};

/* Appends the lines of a hook's section.  They change neither the hook's exit
 * status nor its standard input, and do nothing when ev-git is gone. */
void	ev_script_body(const struct ev_script *script, enum ev_hook which,
	    struct ev_buf *out);

/* Adds the hooks that were chosen when a section was written. */
void	ev_script_chosen(struct ev_slice body, bool chosen[EV_HOOKS]);

/* Appends text as one word of sh(1). */
void	ev_script_quote(struct ev_buf *out, const char *text);

/* Is the text, a whole hook, for a shell of sh's kind? */
bool	ev_script_is_shell(struct ev_slice text);

#endif
