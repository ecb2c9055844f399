/*
 * rulefile: rules from a file (ev-rules(5)).
 *
 *	{"tables": [
 *	  {"view": "issues", "dialect": "vermas", "type": "bead.*",
 *	   "entity": "data.bead_id", "rules": [
 *	     {"type": "bead.created", "op": "set", "from": "data"}]}]}
 *
 * Strict: what is not understood is an error, never ignored.
 */
#ifndef EV_FOLD_RULEFILE_H
#define EV_FOLD_RULEFILE_H

#include "base/err.h"
#include "fold/rules.h"

/* NULL: "FILE:LINE: what is wrong", or the file cannot be read. */
struct ev_rules *ev_rulefile_read(const char *path, struct ev_err *err);
void	ev_rulefile_free(struct ev_rules *rules);

#endif
