/*
 * kept: what a checkpoint keeps of a fold, a line for each entity of its rules
 * and of its ledgers:
 *
 *	{"view":"issues","id":"gt-1","state":{"status":"open"}}
 *	{"ledger":"cost","id":"s1","state":{…}}
 */
#ifndef EV_FOLD_KEPT_H
#define EV_FOLD_KEPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "fold/fold.h"
#include "json/scan.h"

/* A place among the lines; {0} is before the first. */
struct ev_kept {
	unsigned	part;
	uint32_t	number;
};

/* Appends the next line with its newline; false at the end. */
bool	ev_kept_next(struct ev_fold *fold, struct ev_kept *at,
	    struct ev_buf *out);

/* Puts what a line says back into a fold; dry: only looks whether it can.  0,
 * or -1: it is no such line. */
int	ev_kept_load(struct ev_fold *fold, const struct ev_val *line,
	    bool dry);

#endif
