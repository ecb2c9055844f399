/*
 * evidence: what tools did in a session of Brewva, as its tape keeps it.
 *
 *	{"totalRecords":N,"failureRecords":N,"anchorEpoch":N,"recentFailures":
 *	 [{"toolName","args","outputText","turn","anchorEpoch","timestamp"},…]}
 *
 * Failures are recent for three anchors, and 48 of them at most.  The rules are
 * those of the Brewva runtime, as the vectors brewva.replay show them.
 */
#ifndef EV_LEDGER_EVIDENCE_H
#define EV_LEDGER_EVIDENCE_H

#include <stdbool.h>

#include "ledger/note.h"

/* The state before the first event. */
#define EV_EVIDENCE_EMPTY "{\"totalRecords\":0,\"failureRecords\":0," \
	"\"anchorEpoch\":0,\"recentFailures\":[]}"

/* A tool_result_recorded, and an anchor, change the state. */
void	ev_evidence_result(struct ev_node *state, struct ev_note *note);
void	ev_evidence_anchor(struct ev_node *state, struct ev_note *note);

/* The state that a checkpoint of a tape has; false, and EV_NODE_NONE: it is
 * not sound.  from NULL: an old checkpoint without one; it is empty. */
bool	ev_evidence_restore(struct ev_node *from, struct ev_node *out);

#endif
