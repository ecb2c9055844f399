/*
 * memory: the crystals of a session of Brewva, as its tape keeps them.
 *
 *	{"updatedAt":MS,"crystals":
 *	 [{"id","topic","summary","unitCount","confidence","updatedAt"},…]}
 *
 * The latest first, 128 at most.  The rules are those of the Brewva runtime, as
 * the vectors brewva.replay show them.
 */
#ifndef EV_LEDGER_MEMORY_H
#define EV_LEDGER_MEMORY_H

#include <stdbool.h>

#include "ledger/note.h"

/* The state before the first event. */
#define EV_MEMORY_EMPTY "{\"updatedAt\":null,\"crystals\":[]}"

/* A memory_crystal_compiled changes the state. */
void	ev_memory(struct ev_node *state, struct ev_note *note);

/* The state that a checkpoint of a tape has; false, and EV_NODE_NONE: it is
 * not sound.  from NULL: an old checkpoint without one; it is empty. */
bool	ev_memory_restore(struct ev_node *from, struct ev_node *out);

#endif
