/*
 * schedule: the intents of Brewva's scheduler (brewva.schedule.v1).
 *
 * The scheduler reads all sessions' events in the order of their times, events
 * of one time as they stand in the log; what comes late in the log still counts
 * in its place.  So the state keeps the events, {"events":[[MS,PAYLOAD],…]} with
 * null for a payload that is not sound, and the intents are made of them when
 * they are asked for.
 *
 * The rules are those of the Brewva runtime, as the vectors brewva.scheduleFold
 * show them; ev-rules(5) has them in words.
 */
#ifndef EV_LEDGER_SCHEDULE_H
#define EV_LEDGER_SCHEDULE_H

#include "ledger/note.h"

/* The state before the first event. */
#define EV_SCHEDULE_EMPTY "{\"events\":[]}"

/* A schedule_intent is kept. */
void	ev_schedule(struct ev_node *state, struct ev_note *note);

/* The intents, an object of {"ID":{"intentId",…}}; the caller's. */
struct ev_node ev_schedule_intents(struct ev_node *state);

#endif
