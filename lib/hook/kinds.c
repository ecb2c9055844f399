#include "hook/kinds.h"

#include <string.h>

const struct ev_hook_kind ev_hook_kinds[EV_HOOKS] = {
	[EV_POST_COMMIT] = { "post-commit", false },
	[EV_POST_MERGE] = { "post-merge", false },
	[EV_POST_APPLYPATCH] = { "post-applypatch", false },
	[EV_POST_REWRITE] = { "post-rewrite", true },
	[EV_POST_CHECKOUT] = { "post-checkout", false },
	[EV_PRE_PUSH] = { "pre-push", true },
};

enum ev_hook
ev_hook_named(const char *name)
{
	enum ev_hook which = 0;

	while (which < EV_HOOKS && strcmp(ev_hook_kinds[which].name, name) != 0)
		which++;
	return which;
}
