/*
 * facts: the truth ledger of a session of Brewva (brewva.truth.ledger.v1).
 *
 *	{"facts":[{"id","kind","status","severity","summary","details",
 *	 "evidenceIds","firstSeenAt","lastSeenAt","resolvedAt"},…],
 *	 "updatedAt":MS}
 *
 * The rules are those of the Brewva runtime, as the vectors brewva.truthFold
 * show them; ev-rules(5) has them in words.
 */
#ifndef EV_LEDGER_FACTS_H
#define EV_LEDGER_FACTS_H

#include <stdbool.h>

#include "ledger/note.h"

/* The state before the first event. */
#define EV_FACTS_EMPTY "{\"facts\":{},\"updatedAt\":null}"

/* A truth_event changes the state; a payload that is not sound does not. */
void	ev_facts(struct ev_node *state, struct ev_note *note);

/* The state that a checkpoint of a tape has: false, and EV_NODE_NONE, when it
 * is not sound through and through. */
bool	ev_facts_restore(struct ev_node *from, struct ev_node *out);

/* Of a state, whose list is a roll (ledger/roll.h), makes what is shown. */
void	ev_facts_list(struct ev_node *state);

#endif
