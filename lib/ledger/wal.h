/*
 * wal: the turn write-ahead log of Brewva (brewva.turn-wal.v1): the last line
 * of each turn, and what recoveries did with them.
 *
 * A line that is not sound does not count.  The rules are those of the Brewva
 * runtime, as the vectors brewva.wal show them.
 */
#ifndef EV_LEDGER_WAL_H
#define EV_LEDGER_WAL_H

#include <stdbool.h>

#include "ledger/note.h"

/* The record that a line of a WAL is: false, and EV_NODE_NONE: not sound. */
bool	ev_wal_read(struct ev_node *line, struct ev_node *out);

/* Sums over all turn_wal_recovery_completed events. */
#define EV_WAL_EMPTY "{\"kind\":\"recovery\",\"recoveries\":0," \
	"\"scanned\":0,\"retried\":0,\"expired\":0,\"failed\":0," \
	"\"skipped\":0,\"compacted\":0,\"bySource\":{},\"recoveredAt\":null}"
void	ev_wal_recovery(struct ev_node *state, struct ev_note *note);

/* The order of two records: createdAt, then updatedAt.  -1, 0, 1. */
int	ev_wal_cmp(struct ev_node *a, struct ev_node *b);

#endif
