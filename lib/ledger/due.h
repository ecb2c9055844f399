/*
 * due: when an intent of Brewva's scheduler runs by its cron line.
 */
#ifndef EV_LEDGER_DUE_H
#define EV_LEDGER_DUE_H

#include "fold/tree.h"

/* The time zone that a payload's cron line is in, the caller's: "UTC" for all
 * names of that, when there is none, and for a text that names no time zone. */
struct ev_node ev_due_zone(struct ev_node *payload);

/*
 * When the record's cron line is due first, in ms, the scheduler's least
 * interval (a minute) behind a time.  EV_NODE_NONE: never, or no such line, or
 * it is not in UTC: a view depends on nothing but the log, and what the wall
 * shows elsewhere stands in none.
 */
struct ev_node ev_due_next(struct ev_node *record,
	    const struct ev_node *time);

#endif
