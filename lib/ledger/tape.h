/*
 * tape: a session of Brewva as its runtime replays it: the last checkpoint that
 * is sound, and what follows.
 *
 * A checkpoint (brewva.tape.checkpoint.v1) takes the place of all that came
 * before, so the events are folded one by one as they come; one that is not
 * sound is an entry like any other.  The rules are those of the Brewva runtime,
 * as the vectors brewva.replay and brewva.tapeStatus show them.
 */
#ifndef EV_LEDGER_TAPE_H
#define EV_LEDGER_TAPE_H

#include <stdbool.h>

#include "ledger/note.h"

/* The parts of a replayed session beside the tape's own. */
enum ev_tape_part {
	EV_TAPE_TASKS, EV_TAPE_FACTS, EV_TAPE_COST, EV_TAPE_EVIDENCE,
	EV_TAPE_MEMORY, EV_TAPE_PARTS
};

/* The tape's own state before the first event. */
#define EV_TAPE_EMPTY "{\"turn\":0,\"latestEventId\":null," \
	"\"checkpointEventId\":null,\"entries\":0,\"anchorAt\":0," \
	"\"checkpointAt\":0,\"lastAnchor\":null}"

/* The parts' states that a checkpoint has, the caller's: false, and
 * EV_NODE_NONE each, when it is not sound. */
bool	ev_tape_restore(struct ev_note *note,
	    struct ev_node part[EV_TAPE_PARTS]);

/* One entry of the tape, of any type; restored: a sound checkpoint. */
struct ev_tape_entry {
	struct ev_slice	type;
	struct ev_node	id;
	bool		restored;
};
void	ev_tape(struct ev_node *state, struct ev_note *note,
	    const struct ev_tape_entry *entry);

/* What the replay gives, with the status of the tape; the caller's.  The parts
 * are used up. */
struct ev_node ev_tape_show(struct ev_node *state,
	    struct ev_node part[EV_TAPE_PARTS]);

#endif
