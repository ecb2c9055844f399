/*
 * kinds: the hooks of git that we have a part in (githooks(5)).
 */
#ifndef EV_HOOK_KINDS_H
#define EV_HOOK_KINDS_H

#include <stdbool.h>

enum ev_hook {
	EV_POST_COMMIT, EV_POST_MERGE, EV_POST_APPLYPATCH, EV_POST_REWRITE,
	EV_POST_CHECKOUT, EV_PRE_PUSH,
	EV_HOOKS
};

struct ev_hook_kind {
	const char	*name;
	bool		 fed;	/* git writes to its standard input */
};

extern const struct ev_hook_kind ev_hook_kinds[EV_HOOKS];

/* The hook of a name; EV_HOOKS: there is none. */
enum ev_hook ev_hook_named(const char *name);

#endif
