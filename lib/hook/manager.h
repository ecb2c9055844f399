/*
 * manager: another tool that keeps a repository's hooks.
 *
 * husky runs .husky/NAME out of a directory of its own (core.hooksPath);
 * lefthook writes the hooks that its configuration names, and puts aside what
 * stands there.  Both files are the user's: nothing in them is edited, what has
 * to stand there is told (typicode.github.io/husky, lefthook.dev).
 */
#ifndef EV_HOOK_MANAGER_H
#define EV_HOOK_MANAGER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "hook/script.h"

enum ev_manager_kind { EV_MANAGER_NONE, EV_MANAGER_HUSKY,
	EV_MANAGER_LEFTHOOK };

struct ev_manager {
	enum ev_manager_kind kind;
	bool		 active;	/* it has hooks where git looks */
	struct ev_buf	 file;		/* husky's directory, lefthook's
					 * configuration, from the work tree's
					 * root on; empty: there is none */
	bool		 calls[EV_HOOKS];	/* us, there */
};

#define EV_MANAGER_INIT { EV_MANAGER_NONE, false, EV_BUF_INIT, { false } }

/*
 * Who keeps them?  dir: the hooks' directory; top: the root of the work tree,
 * which is the working directory, or NULL: there is none.  To be cleared in any
 * case.
 */
void	ev_manager_find(struct ev_manager *manager, const char *dir,
	    const char *top);
/* The text of a hook in that directory is looked at, too. */
void	ev_manager_see(struct ev_manager *manager, struct ev_slice text);
/* Looks which hooks its files have call us. */
void	ev_manager_calls(struct ev_manager *manager);
void	ev_manager_clear(struct ev_manager *manager);

/* Appends what is to be added to its files, for the hooks that were chosen and
 * are not there; true when that is nothing. */
bool	ev_manager_tell(const struct ev_manager *manager,
	    const struct ev_script *script, struct ev_buf *out);
/* Appends what is there; false: nothing is. */
bool	ev_manager_show(const struct ev_manager *manager,
	    struct ev_buf *out);

#endif
