/*
 * note: what a ledger is told of an event of Brewva.
 */
#ifndef EV_LEDGER_NOTE_H
#define EV_LEDGER_NOTE_H

#include <stdint.h>

#include "fold/tree.h"

struct ev_note {
	struct ev_node	payload; /* EV_NODE_NONE: none */
	struct ev_node	time;	/* the number that the event has */
	struct ev_node	turn;	/* rounded down, at least 0; 0 when not there */
};

#endif
