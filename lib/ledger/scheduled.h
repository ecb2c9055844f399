/*
 * scheduled: what one event of the scheduler makes of one intent.
 */
#ifndef EV_LEDGER_SCHEDULED_H
#define EV_LEDGER_SCHEDULED_H

#include <stdbool.h>
#include <stdint.h>

#include "fold/tree.h"

/* The members of a schedule_intent's payload that count: false, and
 * EV_NODE_NONE: it is not sound. */
bool	ev_scheduled_read(struct ev_node *payload, struct ev_node *out);

/*
 * Changes or makes an intent among {"ID":{…}} by such a payload.  time: the
 * event's; offset: its number among the scheduler's events, from 1.
 */
void	ev_scheduled_apply(struct ev_node *intents, struct ev_node *payload,
	    const struct ev_node *time, uint32_t offset);

#endif
