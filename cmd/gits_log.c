#include "gits.h"
#include "history/union.h"

int
gits_merge(struct git *g, char **args, size_t n)
{
	const char *ours = args[1], *theirs = args[2];
	const char *path = n > 3 ? args[3] : ours;
	struct ev_union u = { .clash = EV_BUF_INIT };
	struct ev_err err;

	/* %O, what both come from, is not asked: what it has and neither of
	 * them was taken out of both */
	if (ev_union(ours, theirs, &u, &err) == -1)
		cmd_die(&g->cmd, "%s: %s", path, err.text);
	if (u.clashes == 1)
		cmd_warn(&g->cmd,
		    "%s: the lines with the id %s differ; all are kept", path,
		    ev_buf_str(&u.clash));
	else if (u.clashes > 1)
		cmd_warn(&g->cmd,
		    "%s: the lines of %zu ids (the first: %s) differ; all are "
		    "kept",
		    path, u.clashes, ev_buf_str(&u.clash));
	ev_buf_clear(&u.clash);
	return CMD_OK;
}
