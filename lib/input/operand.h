/*
 * operand: what a reader's operands mean (3-commands 3.1).
 */
#ifndef EV_INPUT_OPERAND_H
#define EV_INPUT_OPERAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* One input, for ev_source_open or ev_source_open_log. */
struct ev_operand {
	char	*name;		/* as people call it; "-" is standard input */
	char	*log;		/* a store's log: its absolute path; else NULL */
};

/* The names and the list are the list's until ev_operands_clear. */
struct ev_operands {
	struct ev_operand	*list;
	size_t			 count;
};

#define EV_OPERANDS_INIT { NULL, 0 }

/*
 * Resolves args[0..n).  None: the store found (`store` is -S, or NULL).  A
 * file is itself; a directory is the store in it, else its files *.jsonl,
 * *.jsonl.gz and *.jsonl.zst sorted by name, but for the segments of a store's
 * log among them, which is read with these, and beside the files of days the
 * feed, which repeats them; "-" is standard input, once.  0,
 * or -1: no store, one that is refused (ev_place_find), no such file, a
 * directory without logs, "-" again; the list is then empty.
 */
int	ev_operands_find(struct ev_operands *operands, char *const *args,
	    size_t n, const char *store, struct ev_err *err);
void	ev_operands_clear(struct ev_operands *operands);

#endif
